"""The history of appointments: appended once, never changed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, Row, Table, Text, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.fact import Actor, Fact, FactKind
from server.database.appointments_table import appointments
from server.database.columns import JSON_VALUE, Utc, appointment_column
from server.database.metadata import METADATA
from server.database.prepared import Prepared
from server.database.row_locks import RowLocks

facts = Table(
    "facts",
    METADATA,
    appointment_column(is_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("detail", JSON_VALUE, nullable=False),
    Index("ix_facts_kind_at", "kind", "at"),
)

_NEXT = select(func.coalesce(func.max(facts.c.seq), 0) + 1).where(
    facts.c.appointment_id == bindparam("whose")
)
_APPEND = Prepared(insert(facts).values(seq=_NEXT.scalar_subquery()))


class SqlFacts:
    def __init__(self, connection: AsyncConnection, locks: RowLocks) -> None:
        self._connection = connection
        self._locks = locks

    async def append(self, fact: Fact) -> None:
        """Append with the next number; who appends to the same history at once waits for us."""
        if not self._locks.holds(fact.appointment_id):
            await self._lock(fact.appointment_id)
        await _APPEND.add(
            self._connection,
            {
                "appointment_id": fact.appointment_id,
                "whose": fact.appointment_id,
                "at": fact.at,
                "kind": fact.kind,
                "by": fact.by,
                "detail": dict(fact.detail),
            },
        )

    async def of(self, appointment_id: UUID) -> Sequence[Fact]:
        query = select(facts).where(facts.c.appointment_id == appointment_id).order_by(facts.c.seq)
        return [fact_of(row) for row in await self._connection.execute(query)]

    async def of_many(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Fact]]:
        if not appointment_ids:
            return {}
        query = select(facts).where(facts.c.appointment_id.in_(appointment_ids))
        histories: dict[UUID, list[Fact]] = defaultdict(list)
        for row in await self._connection.execute(query.order_by(facts.c.seq)):
            histories[row.appointment_id].append(fact_of(row))
        return dict(histories)

    async def _lock(self, appointment_id: UUID) -> None:
        query = select(appointments.c.adviser_id).where(appointments.c.id == appointment_id)
        found = await self._connection.execute(query.with_for_update(key_share=True))
        self._locks.hold(appointment_id, adviser_id=found.scalar_one_or_none())


def fact_of(row: Row[Any]) -> Fact:
    return Fact(
        appointment_id=row.appointment_id,
        at=row.at,
        kind=FactKind(row.kind),
        by=Actor(row.by),
        detail=row.detail,
        seq=row.seq,
    )

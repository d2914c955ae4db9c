"""The advisers' time in cells of five minutes: the lock against double booking."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    Select,
    Table,
    Uuid,
    and_,
    bindparam,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import NullType

from booking.appointment import LIVE
from booking.time_span import TimeSpan, cells
from server.database.appointments_table import appointments
from server.database.columns import CELL_NUMBER, Utc, appointment_column
from server.database.holds_table import holds
from server.database.insert import insert_for
from server.database.metadata import METADATA
from server.database.prepared import Prepared
from server.database.staff import staff

taken_cells = Table(
    "cells",
    METADATA,
    Column("adviser_id", Uuid, ForeignKey("staff.id"), primary_key=True),
    Column("cell", CELL_NUMBER, primary_key=True, autoincrement=False),
    Column("appointment_id", Uuid, ForeignKey("appointments.id", ondelete="CASCADE"), index=True),
    Column("hold_id", Uuid, ForeignKey("holds.id", ondelete="CASCADE"), index=True),
    Column("held_until", Utc),
    CheckConstraint("(appointment_id IS NULL) <> (hold_id IS NULL)", name="owner"),
    CheckConstraint("(hold_id IS NULL) = (held_until IS NULL)", name="held"),
)

customer_cells = Table(
    "customer_cells",
    METADATA,
    Column("customer_key", LargeBinary, primary_key=True),
    Column("cell", CELL_NUMBER, primary_key=True, autoincrement=False),
    appointment_column(is_indexed=True),
)

# Thousands of rows of a few advisers: an id is read once each, not once a row.
_WHOSE: ColumnElement[Any] = type_coerce(taken_cells.c.adviser_id, NullType())
_ANYBODYS = select(_WHOSE, taken_cells.c.cell).where(
    taken_cells.c.cell.between(bindparam("first"), bindparam("last")),
    or_(taken_cells.c.held_until.is_(None), taken_cells.c.held_until > bindparam("now")),
)
_OF_MANY = _ANYBODYS.where(taken_cells.c.adviser_id.in_(bindparam("whose", expanding=True)))
_OF_ONE = Prepared(_ANYBODYS.where(taken_cells.c.adviser_id == bindparam("whose")))


async def take_cells(
    connection: AsyncConnection,
    adviser_id: UUID,
    span: TimeSpan,
    *,
    now: datetime,
    appointment_id: UUID | None = None,
    hold_id: UUID | None = None,
    held_until: datetime | None = None,
) -> bool:
    """Write the cells of a span for an appointment or a hold; tell whether all could be had.

    The cells of a hold that has run out are taken over; anybody else's stay as they are.
    """
    owner = {"appointment_id": appointment_id, "hold_id": hold_id, "held_until": held_until}
    rows = [{"adviser_id": adviser_id, "cell": cell, "now": now} | owner for cell in cells(span)]
    return await _taking(connection.dialect.name).count(connection, *rows) == len(rows)


@cache
def _taking(dialect: str) -> Prepared:
    statement = insert_for(dialect, taken_cells)
    return Prepared(
        statement.on_conflict_do_update(
            index_elements=["adviser_id", "cell"],
            set_={name: statement.excluded[name] for name in ("appointment_id", "hold_id", "held_until")},
            where=taken_cells.c.held_until <= bindparam("now"),
        )
    )


class SqlCalendar:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, adviser_ids: Collection[UUID]) -> None:
        """Lock the advisers' rows, in the order of their ids so that two units cannot wait in a ring.

        A unit that writes on SQLite is alone already.
        """
        if not adviser_ids or self._connection.dialect.name == "sqlite":
            return
        await self._connection.execute(
            select(staff.c.id)
            .where(staff.c.id.in_(sorted(adviser_ids)))
            .order_by(staff.c.id)
            .with_for_update(key_share=True)
        )

    async def taken(
        self,
        adviser_ids: Collection[UUID],
        within: TimeSpan,
        *,
        now: datetime,
        but_not_of: Collection[UUID] = (),
    ) -> Mapping[UUID, frozenset[int]]:
        if not adviser_ids:
            return {}
        wanted = cells(within)
        first = next(wanted)
        values = {"first": first, "last": max(wanted, default=first), "now": now}
        found: dict[UUID | str, set[int]] = defaultdict(set)
        for written, cell in await self._cells(adviser_ids, values, but_not_of):
            found[written].add(cell)
        return {_id(written): frozenset(numbers) for written, numbers in found.items()}

    async def starts(
        self, offering_id: UUID, adviser_ids: Collection[UUID], within: TimeSpan, *, now: datetime
    ) -> Mapping[UUID, Mapping[UUID, datetime]]:
        is_live = and_(appointments.c.status.in_(sorted(LIVE)))
        is_open = and_(holds.c.until > now)
        found: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
        queries = [
            _starts(table, offering_id, adviser_ids, within).where(counts)
            for table, counts in ((appointments, is_live), (holds, is_open))
        ]
        for row in await self._connection.execute(union_all(*queries)):
            found[row.adviser_id][row.id] = row.starts_at
        return found

    async def _cells(
        self, adviser_ids: Collection[UUID], values: Mapping[str, Any], but_not_of: Collection[UUID]
    ) -> Sequence[Any]:
        if len(adviser_ids) == 1 and not but_not_of:
            (whose,) = adviser_ids
            return await _OF_ONE.rows(self._connection, {**values, "whose": whose})
        query = _OF_MANY
        for owner in (taken_cells.c.appointment_id, taken_cells.c.hold_id) if but_not_of else ():
            query = query.where(or_(owner.is_(None), owner.not_in(sorted(but_not_of))))
        found = await self._connection.execute(query, {**values, "whose": sorted(adviser_ids)})
        return found.all()


def _id(written: UUID | str) -> UUID:
    """Return an id as the driver gives it: SQLite keeps it in hexadecimal."""
    return written if isinstance(written, UUID) else UUID(written)


def _starts(table: Table, offering_id: UUID, adviser_ids: Collection[UUID], within: TimeSpan) -> Select[Any]:
    return select(table.c.id, table.c.adviser_id, table.c.starts_at).where(
        table.c.offering_id == offering_id,
        table.c.adviser_id.in_(sorted(adviser_ids)),
        table.c.starts_at >= within.start,
        table.c.starts_at < within.end,
    )

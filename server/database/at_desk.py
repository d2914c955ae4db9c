"""Whose desk is open, and who of them takes customers without a time."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Select, Table, Uuid, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.at_desk import GONE_AFTER
from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA

at_desk = Table(
    "at_desk",
    METADATA,
    Column("adviser_id", Uuid, ForeignKey("staff.id"), primary_key=True),
    Column("felt_at", Utc, nullable=False),
    Column("takes", Boolean, nullable=False),
)


class SqlAdvisersAtDesk:
    """A beat is one statement, in which the database itself turns off whoever was gone meanwhile."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def beat(self, adviser_id: UUID, *, now: datetime) -> None:
        row = insert_into(self._connection, at_desk).values(adviser_id=adviser_id, felt_at=now, takes=False)
        still = and_(at_desk.c.takes, at_desk.c.felt_at > now - GONE_AFTER)
        kept = {"felt_at": row.excluded.felt_at, "takes": still}
        await self._connection.execute(row.on_conflict_do_update(index_elements=["adviser_id"], set_=kept))

    async def take(self, adviser_id: UUID, *, is_on: bool, now: datetime) -> None:
        row = insert_into(self._connection, at_desk).values(adviser_id=adviser_id, felt_at=now, takes=is_on)
        kept = {"felt_at": row.excluded.felt_at, "takes": row.excluded.takes}
        await self._connection.execute(row.on_conflict_do_update(index_elements=["adviser_id"], set_=kept))

    async def there(self, adviser_ids: Collection[UUID], *, now: datetime) -> frozenset[UUID]:
        return frozenset((await self._connection.execute(_there(adviser_ids, now))).scalars())

    async def taking(self, adviser_ids: Collection[UUID], *, now: datetime) -> frozenset[UUID]:
        query = _there(adviser_ids, now).where(at_desk.c.takes)
        return frozenset((await self._connection.execute(query)).scalars())


def _there(adviser_ids: Collection[UUID], now: datetime) -> Select[Any]:
    columns = at_desk.c
    is_there = columns.felt_at > now - GONE_AFTER
    return select(columns.adviser_id).where(columns.adviser_id.in_(adviser_ids), is_there)

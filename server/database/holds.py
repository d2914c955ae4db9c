"""Slots that are kept while forms are filled in; their cells stand among those of appointments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import NotFound, SlotTaken
from booking.hold import Hold
from booking.time_span import TimeSpan
from server.database.cells import take_cells, taken_cells
from server.database.holds_table import holds
from server.database.name_locks import lock_names


class SqlHolds:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, hold: Hold, *, now: datetime) -> None:
        await self._connection.execute(insert(holds).values(**_values(hold)))
        is_had = await take_cells(
            self._connection, hold.adviser_id, hold.busy, now=now, hold_id=hold.id, held_until=hold.until
        )
        if not is_had:
            raise SlotTaken(hold.span.start)

    async def get(self, hold_id: UUID) -> Hold:
        row = (await self._connection.execute(select(holds).where(holds.c.id == hold_id))).one_or_none()
        if row is None:
            raise NotFound(hold_id)
        return _hold(row)

    async def set_until(self, hold_id: UUID, until: datetime) -> None:
        await self._connection.execute(update(holds).where(holds.c.id == hold_id).values(until=until))
        own = taken_cells.c.hold_id == hold_id
        await self._connection.execute(update(taken_cells).where(own).values(held_until=until))

    async def remove(self, hold_id: UUID) -> None:
        """The cells go with the row."""
        await self._connection.execute(delete(holds).where(holds.c.id == hold_id))

    async def all_open(self, now: datetime) -> list[Hold]:
        query = select(holds).where(holds.c.until > now).order_by(holds.c.until, holds.c.id)
        return [_hold(row) for row in await self._connection.execute(query)]

    async def open_of(self, holder: bytes, address: bytes, *, now: datetime) -> list[Hold]:
        await lock_names(self._connection, f"holds of {address.hex()}")
        query = (
            select(holds)
            .where(holds.c.until > now, or_(holds.c.holder == holder, holds.c.address == address))
            .order_by(holds.c.until, holds.c.id)
        )
        return [_hold(row) for row in await self._connection.execute(query)]


def _values(hold: Hold) -> dict[str, Any]:
    return {
        "id": hold.id,
        "offering_id": hold.offering_id,
        "adviser_id": hold.adviser_id,
        "starts_at": hold.span.start,
        "ends_at": hold.span.end,
        "busy_from": hold.busy.start,
        "busy_until": hold.busy.end,
        "held_at": hold.held_at,
        "expires_at": hold.expires_at,
        "until": hold.until,
        "holder": hold.holder,
        "address": hold.address,
    }


def _hold(row: Row[Any]) -> Hold:
    return Hold(
        id=row.id,
        offering_id=row.offering_id,
        adviser_id=row.adviser_id,
        span=TimeSpan(row.starts_at, row.ends_at),
        busy=TimeSpan(row.busy_from, row.busy_until),
        held_at=row.held_at,
        expires_at=row.expires_at,
        until=row.until,
        holder=row.holder,
        address=row.address,
    )

"""Slots that appointments gave up, until somebody has them or it is too late."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import NotFound
from booking.freed_slot import FreedSlot, FreedState
from booking.refill_rate import Refillable
from booking.time_span import TimeSpan
from server.database.freed_slots_table import freed_slots
from server.database.refill_lines import refill_lines

_IS_OPEN = freed_slots.c.state == FreedState.OPEN


class SqlFreedSlots:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, freed: FreedSlot) -> None:
        await self._connection.execute(
            insert(freed_slots).values(
                id=freed.id,
                offering_id=freed.offering_id,
                adviser_id=freed.adviser_id,
                appointment_id=freed.appointment_id,
                starts_at=freed.span.start,
                ends_at=freed.span.end,
                freed_at=freed.freed_at,
                look_at=freed.look_at,
                state=freed.state,
            )
        )

    async def get(self, freed_id: UUID) -> FreedSlot:
        return await self._one(select(freed_slots).where(freed_slots.c.id == freed_id))

    async def locked(self, freed_id: UUID) -> FreedSlot:
        query = select(freed_slots).where(freed_slots.c.id == freed_id)
        return await self._one(query.with_for_update(key_share=True))

    async def end(self, freed_id: UUID, state: FreedState) -> None:
        await self._change(freed_id, state=state)

    async def put_off(self, freed_id: UUID, until: datetime) -> None:
        await self._change(freed_id, look_at=until)

    async def to_look_at(self, now: datetime, *, limit: int) -> list[FreedSlot]:
        query = (
            select(freed_slots)
            .where(_IS_OPEN, freed_slots.c.look_at <= now)
            .order_by(freed_slots.c.starts_at, freed_slots.c.id)
            .limit(limit)
        )
        return [_freed(row) for row in await self._connection.execute(query)]

    async def wake(self, offering_id: UUID, *, now: datetime) -> None:
        """Lock in the order of the ids, so that two that wake at once do not wait in a ring."""
        asleep = (
            select(freed_slots.c.id)
            .where(_IS_OPEN, freed_slots.c.offering_id == offering_id, freed_slots.c.look_at > now)
            .order_by(freed_slots.c.id)
            .with_for_update(key_share=True)
        )
        woken = list((await self._connection.execute(asleep)).scalars())
        if woken:
            query = update(freed_slots).where(freed_slots.c.id.in_(woken))
            await self._connection.execute(query.values(look_at=now))

    async def refillable(self, within: TimeSpan) -> list[Refillable]:
        return await refill_lines(self._connection, within)

    async def _change(self, freed_id: UUID, **values: object) -> None:
        open_one = update(freed_slots).where(freed_slots.c.id == freed_id, _IS_OPEN)
        await self._connection.execute(open_one.values(**values))

    async def _one(self, query: Select[Any]) -> FreedSlot:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return _freed(row)


def _freed(row: Row[Any]) -> FreedSlot:
    return FreedSlot(
        id=row.id,
        offering_id=row.offering_id,
        adviser_id=row.adviser_id,
        appointment_id=row.appointment_id,
        span=TimeSpan(row.starts_at, row.ends_at),
        freed_at=row.freed_at,
        look_at=row.look_at,
        state=FreedState(row.state),
    )

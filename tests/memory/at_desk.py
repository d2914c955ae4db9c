"""Whose desk is open, in memory."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from booking.at_desk import GONE_AFTER
from tests.memory.state import State


class MemoryAdvisersAtDesk:
    def __init__(self, state: State) -> None:
        self._rows = state.at_desk

    async def beat(self, adviser_id: UUID, *, now: datetime) -> None:
        felt_at, takes = self._rows.get(adviser_id, (now, False))
        self._rows[adviser_id] = (now, takes and now - felt_at < GONE_AFTER)

    async def take(self, adviser_id: UUID, *, is_on: bool, now: datetime) -> None:
        self._rows[adviser_id] = (now, is_on)

    async def there(self, adviser_ids: Collection[UUID], *, now: datetime) -> frozenset[UUID]:
        rows = {one: self._rows[one] for one in adviser_ids if one in self._rows}
        return frozenset(one for one, (at, _) in rows.items() if now - at < GONE_AFTER)

    async def taking(self, adviser_ids: Collection[UUID], *, now: datetime) -> frozenset[UUID]:
        rows = {one: self._rows[one] for one in adviser_ids if one in self._rows}
        return frozenset(one for one, (at, takes) in rows.items() if takes and now - at < GONE_AFTER)

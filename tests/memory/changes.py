"""The log of set-up, in memory."""

from collections.abc import Sequence
from uuid import UUID

from booking.change import Change, Noted, Thing
from tests.memory.state import State


class MemoryChangeLog:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, change: Change) -> None:
        self._state.changes[max(self._state.changes, default=0) + 1] = change

    async def newest(
        self,
        *,
        thing: Thing | None = None,
        thing_id: UUID | None = None,
        before: int | None = None,
        limit: int,
    ) -> Sequence[Noted]:
        fitting = [
            Noted(number, one)
            for number, one in sorted(self._state.changes.items(), reverse=True)
            if thing in (None, one.thing)
            and thing_id in (None, one.thing_id)
            and (before is None or number < before)
        ]
        return fitting[:limit]

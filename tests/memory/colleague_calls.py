"""Who is asked to go on in a meeting, in memory."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booking.colleague_call import ColleagueCall
from tests.memory.state import State


class MemoryColleagueCalls:
    def __init__(self, state: State) -> None:
        self._rows = state.colleague_calls

    async def keep(self, appointment_id: UUID, calls: Sequence[ColleagueCall]) -> None:
        self._rows[appointment_id] = tuple(calls)

    async def to(self, colleague_id: UUID, *, since: datetime) -> Sequence[ColleagueCall]:
        found = [
            call
            for calls in self._rows.values()
            for call in calls
            if call.colleague_id == colleague_id and call.asked_at > since
        ]
        return sorted(found, key=lambda call: (call.asked_at, call.appointment_id))

"""The access log in memory."""

from collections.abc import Sequence
from datetime import datetime

from identity.look import Kept, Look
from identity.look_ports import LooksAt
from tests.memory.state import State


class MemoryAccessLog:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, looks: Sequence[Look]) -> None:
        for look in looks:
            self._state.looks[len(self._state.looks) + 1] = look

    async def unwritten(self, looks: Sequence[Look], *, since: datetime) -> Sequence[Look]:
        known = {_same(one) for one in self._state.looks.values() if one.at >= since}
        return [look for look in looks if not look.is_repeatable or _same(look) not in known]

    async def newest(
        self, at: LooksAt, *, before: int | None = None, limit: int | None = None
    ) -> Sequence[Kept]:
        found = [
            Kept(number=number, look=look)
            for number, look in sorted(self._state.looks.items(), reverse=True)
            if (before is None or number < before) and self._fits(look, at)
        ]
        return found[:limit]

    def _fits(self, look: Look, at: LooksAt) -> bool:
        theirs = {
            one.appointment_id
            for one in self._state.identifications.values()
            if at.person_id and one.person_id == at.person_id
        }
        return (
            at.appointment_id in (None, look.appointment_id)
            and (at.person_id in (None, look.person_id) or look.appointment_id in theirs)
            and at.by in (None, look.by)
        )


def _same(look: Look) -> tuple[object, ...]:
    return look.viewer, look.by, look.thing, look.thing_id, look.purpose, look.reason

"""The access log in memory."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from identity.look import START, Kept, Look, link
from identity.look_chain import Head
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
            and at.thing in (None, look.thing)
            and (at.since is None or look.at >= at.since)
            and (at.until is None or look.at < at.until)
        )


class MemoryAccessChain:
    """Every look is chained as soon as somebody asks."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def links(self) -> AsyncIterator[Kept]:
        last = START
        for place, (number, look) in enumerate(sorted(self._state.looks.items()), 1):
            last = link(last, place, look)
            yield Kept(number=number, look=look, place=place, hash=last)

    async def head(self) -> Head:
        head = Head(0, START)
        async for kept in self.links():
            head = Head(kept.place or 0, kept.hash or START)
        return head

    async def waiting(self) -> int:
        return 0


def _same(look: Look) -> tuple[object, ...]:
    return look.viewer, look.by, look.thing, look.thing_id, look.purpose, look.reason

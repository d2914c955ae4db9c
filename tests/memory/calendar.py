"""The advisers' time and the holds on it, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.errors import NotFound, SlotTaken
from booking.hold import Hold
from booking.time_span import TimeSpan, cells
from tests.memory.state import State, Taken


def take_cells(state: State, adviser_id: UUID, span: TimeSpan, taken: Taken, now: datetime) -> bool:
    """Take the cells of a span over from nobody and from what has run out; tell whether all could be had."""
    wanted = [(adviser_id, cell) for cell in cells(span)]
    if any(_stands(state.cells[one], now) for one in wanted if one in state.cells):
        return False
    state.cells.update(dict.fromkeys(wanted, taken))
    return True


def free_cells(state: State, owner: UUID) -> None:
    for one in [key for key, taken in state.cells.items() if taken.by == owner]:
        del state.cells[one]
    for whose in [key for key, by in state.customer_cells.items() if by == owner]:
        del state.customer_cells[whose]


class MemoryCalendar:
    def __init__(self, state: State) -> None:
        self._state = state

    async def lock(self, adviser_ids: Collection[UUID]) -> None:
        """Do nothing: a unit that writes is alone."""

    async def taken(
        self,
        adviser_ids: Collection[UUID],
        within: TimeSpan,
        *,
        now: datetime,
        but_not_of: Collection[UUID] = (),
    ) -> Mapping[UUID, frozenset[int]]:
        wanted = frozenset(cells(within))
        return {
            adviser_id: frozenset(
                cell
                for (whose, cell), taken in self._state.cells.items()
                if whose == adviser_id
                and cell in wanted
                and taken.by not in but_not_of
                and _stands(taken, now)
            )
            for adviser_id in adviser_ids
        }

    async def starts(
        self, offering_id: UUID, adviser_ids: Collection[UUID], within: TimeSpan, *, now: datetime
    ) -> Mapping[UUID, Mapping[UUID, datetime]]:
        counted: list[Appointment | Hold] = [one for one in self._state.appointments.values() if one.is_live]
        counted += [one for one in self._state.holds.values() if one.is_open(now)]
        return {
            adviser_id: {
                one.id: one.span.start
                for one in counted
                if one.offering_id == offering_id
                and one.adviser_id == adviser_id
                and within.start <= one.span.start < within.end
            }
            for adviser_id in adviser_ids
        }


class MemoryHolds:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, hold: Hold, *, now: datetime) -> None:
        if not take_cells(self._state, hold.adviser_id, hold.busy, Taken(hold.id, hold.until), now):
            raise SlotTaken(hold.span.start)
        self._state.holds[hold.id] = hold

    async def get(self, hold_id: UUID) -> Hold:
        if hold_id not in self._state.holds:
            raise NotFound(hold_id)
        return self._state.holds[hold_id]

    async def set_until(self, hold_id: UUID, until: datetime) -> None:
        if hold_id in self._state.holds:
            self._state.holds[hold_id] = replace(self._state.holds[hold_id], until=until)
        for one in [key for key, taken in self._state.cells.items() if taken.by == hold_id]:
            self._state.cells[one] = Taken(hold_id, until)

    async def remove(self, hold_id: UUID) -> None:
        if hold_id in self._state.holds:
            del self._state.holds[hold_id]
        free_cells(self._state, hold_id)

    async def all_open(self, now: datetime) -> Sequence[Hold]:
        open_ones = (one for one in self._state.holds.values() if one.is_open(now))
        return sorted(open_ones, key=lambda one: (one.until, str(one.id)))

    async def open_of(self, holder: bytes, address: bytes, *, now: datetime) -> Sequence[Hold]:
        mine = (one for one in self._state.holds.values() if holder == one.holder or address == one.address)
        return sorted((one for one in mine if one.is_open(now)), key=lambda one: (one.until, str(one.id)))


def _stands(taken: Taken, now: datetime) -> bool:
    return taken.held_until is None or now < taken.held_until

"""When advisers are there, and what is closed, in memory."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from booking.availability import DayHours, Openings, WeeklyHours
from booking.closure import Closure, ClosureKind
from booking.errors import NotFound
from tests.memory.state import About, State


class MemoryHours:
    def __init__(self, state: State) -> None:
        self._state = state

    async def openings(self, adviser_id: UUID, *, since: datetime) -> Openings:
        first = since.date() - timedelta(days=1)
        weekly = [line for line in self._state.hours.values() if line.adviser_id == adviser_id]
        days = [line for line in self._state.day_hours.values() if line.adviser_id == adviser_id]
        return Openings(
            weekly=sorted(weekly, key=lambda line: (line.weekday, line.start_minute)),
            days=sorted((line for line in days if line.day >= first), key=lambda line: line.day),
            closures=[one for one in self._ending_after(since) if one.adviser_id in (None, adviser_id)],
        )

    async def offered_by(self, adviser_id: UUID) -> Collection[UUID]:
        return frozenset(offering_id for whose, offering_id in self._state.meets if whose == adviser_id)

    async def replace_week(
        self, adviser_id: UUID, offering_id: UUID | None, lines: Collection[WeeklyHours]
    ) -> None:
        for key, line in list(self._state.hours.items()):
            if (line.adviser_id, line.offering_id) == (adviser_id, offering_id):
                del self._state.hours[key]
        for line in lines:
            self._state.hours[max(self._state.hours, default=0) + 1] = line

    async def put_day(self, hours: DayHours) -> None:
        await self.drop_day(hours.adviser_id, hours.day, hours.offering_id)
        self._state.day_hours[max(self._state.day_hours, default=0) + 1] = hours

    async def drop_day(self, adviser_id: UUID, day: date, offering_id: UUID | None) -> None:
        for key, line in list(self._state.day_hours.items()):
            if (line.adviser_id, line.day, line.offering_id) == (adviser_id, day, offering_id):
                del self._state.day_hours[key]

    async def set_zone(self, adviser_id: UUID, zone: str) -> None:
        about = self._state.about.get(adviser_id, About())
        self._state.about[adviser_id] = replace(about, zone=zone)
        for number, line in list(self._state.hours.items()):
            if line.adviser_id == adviser_id:
                self._state.hours[number] = replace(line, zone=zone)
        for number, day in list(self._state.day_hours.items()):
            if day.adviser_id == adviser_id:
                self._state.day_hours[number] = replace(day, zone=zone)

    async def close(self, closure: Closure) -> None:
        self._state.closures[closure.id] = closure

    async def closure(self, closure_id: UUID) -> Closure:
        if closure_id not in self._state.closures:
            raise NotFound(closure_id)
        return self._state.closures[closure_id]

    async def reopen(self, closure_id: UUID) -> None:
        if closure_id in self._state.closures:
            del self._state.closures[closure_id]

    async def closed_for_all(self, *, since: datetime) -> Sequence[Closure]:
        found = (one for one in self._ending_after(since) if not one.adviser_id and not one.offering_id)
        return [one for one in found if one.kind is not ClosureKind.DISRUPTION]

    def _ending_after(self, moment: datetime) -> list[Closure]:
        found = (one for one in self._state.closures.values() if one.span.end > moment)
        return sorted(found, key=lambda one: (one.span.start, str(one.id)))

"""Change when an adviser is there; an appointment is never left outside the hours without a word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment
from booking.availability import DayHours, Openings, WeeklyHours
from booking.closure import Closure, ClosureKind
from booking.errors import BadHours, LeftOutside, NotFound
from booking.outside import left_outside, outside
from booking.ports import BookingUnit
from booking.stretches import Stretch, fault_of
from booking.time_span import TimeSpan

AHEAD = timedelta(days=5 * 366)
"""No appointment is booked further ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """An adviser's seven days from Monday on, of an offering or in general."""

    adviser_id: UUID
    days: Sequence[Sequence[Stretch]]
    zone: str
    offering_id: UUID | None = None

    def lines(self) -> list[WeeklyHours]:
        return [
            WeeklyHours(
                adviser_id=self.adviser_id,
                offering_id=self.offering_id,
                weekday=weekday,
                start_minute=start,
                end_minute=end,
                zone=self.zone,
            )
            for weekday, stretches in enumerate(self.days)
            for start, end in sorted(stretches)
        ]


async def set_week(unit: BookingUnit, week: Week, *, now: datetime, accepted: Collection[UUID] = ()) -> None:
    """Keep a week.

    Raises BadHours, NotFound for an offering whose customers the adviser does not meet, and LeftOutside
    unless all that it leaves outside is among `accepted`.
    """
    for stretches in week.days:
        _check(stretches)
    if week.lines():
        await _require_met(unit, week.adviser_id, week.offering_id)
    before = await _locked(unit, week.adviser_id, now=now)
    others = [line for line in before.weekly if line.offering_id != week.offering_id]
    after = replace(before, weekly=[*others, *week.lines()])
    await _require(unit, week.adviser_id, before, after, accepted, now=now)
    await unit.hours.replace_week(week.adviser_id, week.offering_id, week.lines())


async def set_day(
    unit: BookingUnit, hours: DayHours, *, now: datetime, accepted: Collection[UUID] = ()
) -> None:
    """Keep one day's hours instead of its weekday's. Raises what `set_week` raises."""
    _check(hours.stretches)
    await _require_met(unit, hours.adviser_id, hours.offering_id)
    before = await _locked(unit, hours.adviser_id, now=now)
    after = replace(before, days=[*_but(before, hours.day, hours.offering_id), hours])
    await _require(unit, hours.adviser_id, before, after, accepted, now=now)
    await unit.hours.put_day(hours)


async def drop_day(
    unit: BookingUnit,
    adviser_id: UUID,
    day: date,
    offering_id: UUID | None,
    *,
    now: datetime,
    accepted: Collection[UUID] = (),
) -> None:
    """Let a day have its weekday's hours again. Raises LeftOutside."""
    before = await _locked(unit, adviser_id, now=now)
    after = replace(before, days=_but(before, day, offering_id))
    await _require(unit, adviser_id, before, after, accepted, now=now)
    await unit.hours.drop_day(adviser_id, day, offering_id)


async def set_zone(
    unit: BookingUnit, adviser_id: UUID, zone: str, *, now: datetime, accepted: Collection[UUID] = ()
) -> None:
    """Read an adviser's hours on another wall clock: nine is nine there. Raises LeftOutside.

    Time off stays the moments that it was: it was closed for what happens then.
    """
    before = await _locked(unit, adviser_id, now=now)
    after = replace(
        before,
        weekly=[replace(line, zone=zone) for line in before.weekly],
        days=[replace(line, zone=zone) for line in before.days],
    )
    await _require(unit, adviser_id, before, after, accepted, now=now)
    await unit.hours.set_zone(adviser_id, zone)


async def take_time_off(
    unit: BookingUnit, closure: Closure, *, now: datetime, accepted: Collection[UUID] = ()
) -> None:
    """Close an adviser's own time. Raises LeftOutside."""
    assert closure.adviser_id is not None
    before = await _locked(unit, closure.adviser_id, now=now)
    after = replace(before, closures=[*before.closures, closure])
    await _require(unit, closure.adviser_id, before, after, accepted, now=now)
    await unit.hours.close(closure)


async def time_off(unit: BookingUnit, adviser_id: UUID, closure_id: UUID) -> Closure:
    """Return an adviser's time off. Raises NotFound for what is none of theirs."""
    closure = await unit.hours.closure(closure_id)
    if closure.adviser_id != adviser_id or closure.kind is not ClosureKind.TIME_OFF:
        raise NotFound(closure_id)
    return closure


async def end_time_off(unit: BookingUnit, adviser_id: UUID, closure_id: UUID) -> None:
    """Open an adviser's time again. Raises NotFound for what is no time off of theirs."""
    closure = await time_off(unit, adviser_id, closure_id)
    await unit.hours.reopen(closure.id)


async def now_outside(unit: BookingUnit, adviser_id: UUID, *, now: datetime) -> list[Appointment]:
    """Return the appointments that lie outside the hours as these stand."""
    openings = await unit.hours.openings(adviser_id, since=now)
    return outside(openings, await _ahead(unit, adviser_id, now=now))


async def _locked(unit: BookingUnit, adviser_id: UUID, *, now: datetime) -> Openings:
    """Keep bookings away until the unit ends, and read what stands."""
    await unit.calendar.lock([adviser_id])
    return await unit.hours.openings(adviser_id, since=now)


async def _require_met(unit: BookingUnit, adviser_id: UUID, offering_id: UUID | None) -> None:
    if offering_id is not None and offering_id not in await unit.hours.offered_by(adviser_id):
        raise NotFound(offering_id)


async def _require(
    unit: BookingUnit,
    adviser_id: UUID,
    before: Openings,
    after: Openings,
    accepted: Collection[UUID],
    *,
    now: datetime,
) -> None:
    left = left_outside(before, after, await _ahead(unit, adviser_id, now=now))
    if any(one.id not in accepted for one in left):
        raise LeftOutside(left)


async def _ahead(unit: BookingUnit, adviser_id: UUID, *, now: datetime) -> Sequence[Appointment]:
    return await unit.appointments.of_adviser(adviser_id, TimeSpan(now, now + AHEAD))


def _but(openings: Openings, day: date, offering_id: UUID | None) -> list[DayHours]:
    return [line for line in openings.days if (line.day, line.offering_id) != (day, offering_id)]


def _check(stretches: Sequence[Stretch]) -> None:
    fault = fault_of(stretches)
    if fault:
        raise BadHours(fault)

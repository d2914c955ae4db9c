"""Close days for everybody, and open them again; no appointment on them is cancelled."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment
from booking.closure import Closure
from booking.errors import LeftOutside, NotFound
from booking.ports import BookingUnit
from booking.time_span import TimeSpan

LONGEST = timedelta(days=1)
"""No appointment is longer."""


async def change_closed_days(
    unit: BookingUnit,
    *,
    closed: Sequence[Closure],
    opened: Collection[UUID],
    accepted: Collection[UUID] = (),
    now: datetime,
) -> None:
    """Close and open days for everybody at once.

    Raises LeftOutside unless every live appointment on what is closed is among `accepted`, and NotFound
    for a closure of somebody's or some offering's own.
    """
    await unit.calendar.lock([one.id for one in await unit.advisers.all()])
    there = {one.id for one in await unit.hours.closed_for_all(since=now)}
    for closure_id in opened:
        if closure_id not in there:
            raise NotFound(closure_id)
        await unit.hours.reopen(closure_id)
    on_them = [found for closure in closed for found in await _appointments(unit, closure.span)]
    if any(one.id not in accepted for one in on_them):
        raise LeftOutside(on_them)
    for closure in closed:
        await unit.hours.close(closure)


async def _appointments(unit: BookingUnit, span: TimeSpan) -> list[Appointment]:
    found = await unit.appointments.within(TimeSpan(span.start - LONGEST, span.end))
    return [one for one in found if one.is_live and one.span.overlaps(span)]

"""By when somebody is called who asks for it: the next free time, or a day's end where there is none."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking.errors import SlotNotOffered
from booking.find_slots import ANYBODY, Wanted
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.slot import Slot
from booking.take_slot import take_slot
from booking.time_span import CELL, TimeSpan, cells

DAYS = 14
FROM, UNTIL = time(16), time(18)
"""On weekdays by the offering's clock: the day's appointments are over, and a call is still polite."""

SOONEST = timedelta(hours=1)
SATURDAY = 5


async def late_call(unit: BookingUnit, offering: Offering, *, now: datetime) -> Slot | None:
    """Return five minutes at the end of a day, whatever the hours, with one who meets its customers.

    It is for an offering without any free time. None where nobody meets its customers, or all is closed.
    """
    begin = now + max(SOONEST, offering.notice)
    reach = offering.busy(TimeSpan(begin, begin + timedelta(days=DAYS + 1)))
    advisers = await unit.advisers.ids_of_offering(offering.id)
    openings = await unit.advisers.openings(offering.id, reach)
    taken = await unit.calendar.taken(advisers, reach, now=now)
    closed = {one: [each.span for each in openings.of(one).closures] for one in advisers}
    for span in _ends_of_days(begin, ZoneInfo(offering.zone)):
        needed = frozenset(cells(offering.busy(span)))
        for one in advisers:
            if needed.isdisjoint(taken.get(one, ())) and not any(map(span.overlaps, closed[one])):
                return Slot(span, one)
    return None


async def take_call_time(
    unit: BookingUnit, offering: Offering, start: datetime, *, now: datetime, wanted: Wanted = ANYBODY
) -> Slot:
    """Return the time at a start with its adviser's time locked, as `take_slot` does, or the late call's.

    Raises what `take_slot` raises.
    """
    try:
        return await take_slot(unit, offering, start, now=now, wanted=wanted)
    except SlotNotOffered:
        late = await late_call(unit, offering, now=now)
        if late is None or late.span.start != start:
            raise
        return late


def _ends_of_days(begin: datetime, zone: ZoneInfo) -> Iterator[TimeSpan]:
    first = begin.astimezone(zone).date()
    for day in (first + timedelta(days=number) for number in range(DAYS + 1)):
        start, end = (datetime.combine(day, each, zone).astimezone(UTC) for each in (FROM, UNTIL))
        while day.weekday() < SATURDAY and start < end:
            if start >= begin:
                yield TimeSpan(start, start + CELL)
            start += CELL

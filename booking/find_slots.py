"""Find the times that can be booked."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from heapq import merge
from itertools import groupby, islice, takewhile
from uuid import UUID

from booking.availability import open_spans
from booking.errors import BadPeriod
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.slot import Slot, slots_in
from booking.time_span import TimeSpan

LONGEST = timedelta(days=62)


async def find_slots(
    unit: BookingUnit,
    offering: Offering,
    within: TimeSpan,
    *,
    now: datetime,
    adviser_id: UUID | None = None,
    but_not_of: UUID | None = None,
) -> Iterator[Slot]:
    """Yield the free slots that start in a span, the earliest first, one per adviser and start.

    The calendar is read at once, the slots are cut as they are asked for: who wants the first need not
    pay for all. `but_not_of` names an appointment whose own time counts as free: the one that is being
    moved. Raises BadPeriod when more than 62 days are asked for.
    """
    if within.length > LONGEST:
        raise BadPeriod(within.length)
    start = max(within.start, now + offering.notice)
    end = min(within.end, offering.bookable(now).end)
    if start >= end:
        return iter(())
    hours = await unit.advisers.hours(offering.id)
    wanted = {line.adviser_id for line in hours if adviser_id in (None, line.adviser_id)}
    until = TimeSpan(start, end + offering.length)
    taken = await unit.calendar.taken(wanted, until, but_not_of=but_not_of)
    of_each = (
        _slots_of(who, open_spans([line for line in hours if line.adviser_id == who], until), cells, offering)
        for who in wanted
        for cells in (taken.get(who, frozenset()),)
    )
    return takewhile(lambda slot: slot.span.start < end, merge(*of_each))


def _slots_of(
    adviser_id: UUID, open_time: Iterable[TimeSpan], taken: frozenset[int], offering: Offering
) -> Iterator[Slot]:
    return (Slot(span, adviser_id) for span in slots_in(open_time, taken, length=offering.length))


async def free_slot(
    unit: BookingUnit,
    offering: Offering,
    start: datetime,
    *,
    now: datetime,
    adviser_id: UUID | None = None,
    but_not_of: UUID | None = None,
) -> Slot | None:
    """Return the slot at exactly this start: of the adviser, or of the one least booked that day."""
    span = TimeSpan(start, start + timedelta(minutes=1))
    found = await find_slots(unit, offering, span, now=now, adviser_id=adviser_id, but_not_of=but_not_of)
    slots = list(found)
    if len(slots) < 2:
        return slots[0] if slots else None
    around = TimeSpan(start - timedelta(hours=12), start + timedelta(hours=12))
    taken = await unit.calendar.taken([slot.adviser_id for slot in slots], around)
    return min(slots, key=lambda slot: (len(taken.get(slot.adviser_id, ())), slot))


async def alternatives(
    unit: BookingUnit, offering: Offering, start: datetime, *, now: datetime, most: int = 3
) -> Collection[Slot]:
    """Return the next free slots from a moment on, for whoever came too late for theirs."""
    within = TimeSpan(start, start + timedelta(days=14))
    slots = await find_slots(unit, offering, within, now=now)
    one_a_start = (next(same) for _, same in groupby(slots, key=lambda slot: slot.span.start))
    return list(islice(one_a_start, most))

"""Take an adviser's time: lock, then look, then let the constraint have the last word."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.availability import open_spans
from booking.errors import NotFound, SlotNotOffered, SlotTaken, TooLate
from booking.find_slots import alternatives, free_slot
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.slot import STEP, Slot
from booking.time_span import TimeSpan


async def take_slot(
    unit: BookingUnit,
    offering: Offering,
    start: datetime,
    *,
    adviser_id: UUID | None,
    now: datetime,
    but_not_of: UUID | None = None,
) -> Slot:
    """Return the slot at a start with its adviser's time locked until the unit ends.

    Raises NotFound when the adviser does not meet customers of the offering, TooLate inside the
    notice, SlotNotOffered outside anybody's hours, and SlotTaken when the time is somebody else's.
    """
    advisers = [one.id for one in await unit.advisers.of_offering(offering.id)]
    if adviser_id is not None and adviser_id not in advisers:
        raise NotFound(adviser_id)
    if start < now + offering.notice:
        raise TooLate(now + offering.notice)
    await unit.calendar.lock(advisers if adviser_id is None else [adviser_id])
    slot = await free_slot(unit, offering, start, now=now, adviser_id=adviser_id, but_not_of=but_not_of)
    if slot is not None:
        return slot
    if not await _is_offered(unit, offering, start, adviser_id, now=now):
        raise SlotNotOffered(start)
    raise SlotTaken(start, tuple(await alternatives(unit, offering, start, now=now)))


async def _is_offered(
    unit: BookingUnit, offering: Offering, start: datetime, adviser_id: UUID | None, *, now: datetime
) -> bool:
    wanted = offering.span_at(start)
    if start >= offering.bookable(now).end or start.timestamp() % STEP.total_seconds():
        return False
    around = TimeSpan(wanted.start - timedelta(days=1), wanted.end + timedelta(days=1))
    hours = [line for line in await unit.advisers.hours(offering.id) if adviser_id in (None, line.adviser_id)]
    return any(
        span.holds(wanted)
        for who in {line.adviser_id for line in hours}
        for span in open_spans([line for line in hours if line.adviser_id == who], around)
    )

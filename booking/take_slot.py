"""Take an adviser's time: lock, then look, then let the constraint have the last word."""

from datetime import datetime, timedelta

from booking.errors import NotFound, SlotNotOffered, SlotTaken, TooLate
from booking.find_slots import ANYBODY, Wanted, alternatives, free_slot, read_diary
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.slot import Slot
from booking.time_span import TimeSpan


async def take_slot(
    unit: BookingUnit, offering: Offering, start: datetime, *, now: datetime, wanted: Wanted = ANYBODY
) -> Slot:
    """Return the slot at a start with its adviser's time locked until the unit ends.

    Raises NotFound when the adviser does not meet customers of the offering, TooLate inside the
    notice, SlotNotOffered outside anybody's hours, and SlotTaken when the time is somebody else's.
    """
    advisers = await unit.advisers.ids_of_offering(offering.id)
    if wanted.adviser_id is not None and wanted.adviser_id not in advisers:
        raise NotFound(wanted.adviser_id)
    if start < now + offering.notice:
        raise TooLate(now + offering.notice)
    await unit.calendar.lock(advisers if wanted.adviser_id is None else [wanted.adviser_id])
    slot = await free_slot(unit, offering, start, now=now, wanted=wanted)
    if slot is not None:
        return slot
    if not await _is_offered(unit, offering, start, wanted, now=now):
        raise SlotNotOffered(start)
    raise SlotTaken(start, tuple(await alternatives(unit, offering, start, now=now, wanted=wanted)))


async def _is_offered(
    unit: BookingUnit, offering: Offering, start: datetime, wanted: Wanted, *, now: datetime
) -> bool:
    """Tell whether it would be a slot if nobody had taken it."""
    if not offering.is_open or start >= offering.bookable(now).end:
        return False
    minute = TimeSpan(start, start + timedelta(minutes=1))
    diary = await read_diary(unit, offering, minute, now=now, wanted=wanted)
    return any(span.start == start for who in diary.adviser_ids for span in diary.open(who))

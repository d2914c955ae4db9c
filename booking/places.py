"""How many wait before somebody, at all appointments that the same advisers can take."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from booking.ports import BookingUnit
from booking.waiting_room import InLine, count_before


async def count_ahead(
    unit: BookingUnit, came: Mapping[UUID, datetime], *, now: datetime
) -> Mapping[UUID, int]:
    """Count for each appointment, at which somebody waits since a moment, those at others before them."""
    line = await unit.waiting.line(now)
    if not line:
        return dict.fromkeys(came, 0)
    gives: dict[UUID, Collection[UUID]] = {}
    counts = {}
    for appointment_id, since in came.items():
        one = await unit.appointments.get(appointment_id)
        if one.offering_id not in gives:
            gives[one.offering_id] = await unit.advisers.ids_of_offering(one.offering_id)
        me = InLine(since, one.span.start, one.id, one.adviser_id)
        counts[appointment_id] = count_before(line, me, {one.adviser_id, *gives[one.offering_id]})
    return counts

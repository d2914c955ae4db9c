"""A customer is in one place at a time; a refusal says so, and which times would do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from booking.errors import OwnOverlap
from booking.find_slots import Wanted, alternatives
from booking.offering import Offering
from booking.ports import BookingUnit


@asynccontextmanager
async def told_what_is_free(
    unit: BookingUnit, offering: Offering, appointment_id: UUID, *, now: datetime
) -> AsyncIterator[None]:
    """Add free times to an OwnOverlap that is raised inside: those after what stands in the way."""
    try:
        yield
    except OwnOverlap as overlap:
        other = await unit.appointments.get(overlap.appointment_id)
        wanted = Wanted(but_not_of=frozenset({appointment_id}))
        free = await alternatives(unit, offering, other.span.end, now=now, wanted=wanted)
        raise OwnOverlap(overlap.start, overlap.appointment_id, tuple(free)) from None

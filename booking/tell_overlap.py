"""Tell a customer which appointment stands in the way of one that was wished: them alone, by letter."""

from datetime import datetime
from uuid import UUID

from booking.letter import LetterKind
from booking.ports import BookingUnit
from booking.tell import tell


async def tell_overlap(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> bool:
    """Send the link of a live appointment to its own customer; tell whether there was a way to."""
    appointment = await unit.appointments.get(appointment_id)
    if not appointment.is_live or not appointment.customer.channels:
        return False
    await tell(unit, appointment, LetterKind.OVERLAP, at=now)
    return True

"""Tell a customer which appointment stands in the way of one that was wished: them alone, by letter."""

from datetime import datetime
from uuid import UUID

from booking.letter import LetterDue, LetterKind
from booking.ports import BookingUnit


async def tell_overlap(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> bool:
    """Send the link of a live appointment to its own customer; tell whether there was a way to."""
    appointment = await unit.appointments.get(appointment_id)
    if not appointment.is_live or not appointment.customer.email:
        return False
    letter = LetterDue(appointment_id=appointment.id, kind=LetterKind.OVERLAP, sequence=appointment.sequence)
    await unit.outbox.put(letter, at=now)
    return True

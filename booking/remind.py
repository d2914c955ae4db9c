"""Turn what has fallen due into letters."""

from datetime import datetime

from booking.errors import NotFound
from booking.ports import BookingUnit
from booking.reminder import leave_by
from booking.tell import tell


async def remind(unit: BookingUnit, *, now: datetime, limit: int = 100) -> int:
    """Put the reminders that have fallen due into the outbox; return how many."""
    taken = await unit.reminders.take_due(now, limit=limit)
    for reminder in taken:
        try:
            appointment = await unit.appointments.get(reminder.appointment_id)
        except NotFound:
            continue
        if appointment.sequence == reminder.sequence:
            last = leave_by(reminder.kind, reminder.due_at, appointment.span.start)
            await tell(unit, appointment, reminder.kind, at=reminder.due_at, leave_by=last)
    return len(taken)

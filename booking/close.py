"""Close an appointment that is over, with the outcome that its facts come to."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.booked_again import has_booked_again
from booking.letter import LetterKind
from booking.missed import HOLDS, WRITTEN_WITHIN, is_missed_in_vain
from booking.outcome import decide
from booking.over import is_over
from booking.ports import BookingUnit
from booking.tell import tell


async def close(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> Appointment:
    """Decide the outcome and close; one that is not over, or no longer live, stays as it is.

    Who did not come, and nothing of ours stood in the way, gets a letter that leads to another time.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        return appointment
    offering = await unit.offerings.get(appointment.offering_id)
    facts = await unit.facts.of(appointment_id)
    if not is_over(appointment.span, facts, offering.rules, now=now):
        return appointment
    closed = replace(appointment, status=Status.CLOSED, outcome=decide(facts, offering.rules, until=now))
    await unit.appointments.change(closed, now=now)
    await unit.reminders.drop(appointment_id)
    if is_missed_in_vain(closed, facts) and now < closed.span.end + WRITTEN_WITHIN:
        await _write(unit, closed, now=now)
    return closed


async def _write(unit: BookingUnit, appointment: Appointment, *, now: datetime) -> None:
    """Offer who did not come another time, unless they have one already."""
    if not await has_booked_again(unit, appointment, now=now):
        last = appointment.span.end + HOLDS
        await tell(unit, appointment, LetterKind.NO_SHOW, at=now, leave_by=last)

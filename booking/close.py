"""Close an appointment that is over, with the outcome that its facts come to."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.outcome import decide
from booking.over import is_over
from booking.ports import BookingUnit


async def close(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> Appointment:
    """Decide the outcome and close; one that is not over, or no longer live, stays as it is."""
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
    return closed

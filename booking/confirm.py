"""Say that one is coming."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, Fact, FactKind
from booking.ports import BookingUnit


async def confirm(unit: BookingUnit, appointment_id: UUID, *, by: Actor, now: datetime) -> Appointment:
    """Keep that the customer is coming; a second time changes nothing.

    Raises WrongStatus when the appointment is no longer live, and TooLate once it has ended.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    if now >= appointment.span.end:
        raise TooLate(appointment.span.end)
    if appointment.confirmed_at is not None:
        return appointment
    confirmed = replace(appointment, confirmed_at=now)
    await unit.appointments.change(confirmed, now=now)
    await unit.facts.append(Fact(appointment_id=confirmed.id, at=now, kind=FactKind.CONFIRMED, by=by))
    return confirmed

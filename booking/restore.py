"""Undo a cancellation, if the time is still free."""

from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, FactKind
from booking.find_slots import Wanted
from booking.ports import BookingUnit
from booking.put import put_at
from booking.take_slot import take_slot


async def restore(unit: BookingUnit, appointment_id: UUID, *, by: Actor, now: datetime) -> Appointment:
    """Bring a cancelled appointment back to its own time and adviser; one that is live stays as it is.

    Raises WrongStatus when it is closed, TooLate once it would have started, and what `take_slot` and
    `put_at` raise.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if appointment.is_live:
        return appointment
    if appointment.status is not Status.CANCELLED:
        raise WrongStatus(appointment.status)
    if now >= appointment.span.start:
        raise TooLate(appointment.span.start)
    offering = await unit.offerings.get(appointment.offering_id)
    wanted = Wanted(adviser_id=appointment.adviser_id)
    slot = await take_slot(unit, offering, appointment.span.start, now=now, wanted=wanted)
    return await put_at(unit, appointment, slot, offering, kind=FactKind.RESTORED, by=by, now=now)

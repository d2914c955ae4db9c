"""Ask to be called, and write down that somebody did."""

from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.call import call_asked_at
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, Fact, FactKind
from booking.ports import BookingUnit


async def ask_call(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> Appointment:
    """Keep that the customer wishes to be called; until somebody has, asking again changes nothing.

    Raises WrongStatus when the appointment is no longer live, TooLate once its time and grace have passed.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    offering = await unit.offerings.get(appointment.offering_id)
    if now >= appointment.span.end + offering.rules.grace:
        raise TooLate(appointment.span.end)
    if call_asked_at(await unit.facts.of(appointment_id)) is None:
        await _append(unit, appointment_id, FactKind.CALL_ASKED, by=Actor.CUSTOMER, now=now)
    return appointment


async def mark_called(unit: BookingUnit, appointment_id: UUID, *, by: Actor, now: datetime) -> None:
    """Write down that the customer was called back; who does not wait for a call is left alone.

    It says nothing of the outcome: a call about the appointment is no meeting.
    """
    await unit.appointments.locked(appointment_id)
    if call_asked_at(await unit.facts.of(appointment_id)) is not None:
        await _append(unit, appointment_id, FactKind.CALLED_BACK, by=by, now=now)


async def _append(
    unit: BookingUnit, appointment_id: UUID, kind: FactKind, *, by: Actor, now: datetime
) -> None:
    await unit.facts.append(Fact(appointment_id=appointment_id, at=now, kind=kind, by=by))

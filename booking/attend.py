"""Write down what happens around the meeting."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.errors import TooEarly, TooLate, WrongStatus
from booking.fact import Actor, Detail, Fact, FactKind
from booking.ports import BookingUnit


async def come_in(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> Appointment:
    """Let the customer in at the door; coming in again writes the fact again, and no more.

    Raises WrongStatus when the appointment is not live, TooEarly before the door opens, and TooLate
    once the appointment's time and grace have passed.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    offering = await unit.offerings.get(appointment.offering_id)
    opens_at = appointment.door_opens_at(offering.rules.door_opens)
    if now < opens_at:
        raise TooEarly(opens_at)
    if now >= appointment.span.end + offering.rules.grace:
        raise TooLate(appointment.span.end)
    await record(unit, appointment_id, FactKind.DOOR_OPENED, by=Actor.CUSTOMER, now=now)
    if appointment.status is Status.BOOKED:
        appointment = replace(appointment, status=Status.ARRIVED)
        await unit.appointments.change(appointment, now=now)
    return appointment


async def record(
    unit: BookingUnit,
    appointment_id: UUID,
    kind: FactKind,
    *,
    by: Actor,
    now: datetime,
    detail: Detail | None = None,
) -> None:
    """Append a fact to an appointment's history, whatever its status: what happened, happened."""
    await unit.facts.append(
        Fact(appointment_id=appointment_id, at=now, kind=kind, by=by, detail=detail or {})
    )

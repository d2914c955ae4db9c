"""Give an appointment to a colleague: the same time, another adviser."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.errors import NotFound, SlotTaken, TooLate, WrongStatus
from booking.fact import Actor, Fact, FactKind
from booking.free import free
from booking.letter import LetterKind
from booking.ports import BookingUnit
from booking.tell import tell
from booking.time_span import cells


async def reassign(
    unit: BookingUnit, appointment_id: UUID, adviser_id: UUID, *, by: Actor, now: datetime
) -> Appointment:
    """Let another adviser of the offering meet the customer, whose time and links stay.

    A colleague may step in outside their hours, but never where they have somebody else. Raises
    NotFound when they do not meet customers of the offering, WrongStatus when the appointment is no
    longer live, TooLate once it has ended, and SlotTaken.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    if now >= appointment.span.end:
        raise TooLate(appointment.span.end)
    if adviser_id == appointment.adviser_id:
        return appointment
    await unit.calendar.lock([adviser_id])
    if adviser_id not in await unit.advisers.ids_of_offering(appointment.offering_id):
        raise NotFound(adviser_id)
    taken = await unit.calendar.taken([adviser_id], appointment.busy, now=now)
    if not taken.get(adviser_id, frozenset()).isdisjoint(cells(appointment.busy)):
        raise SlotTaken(appointment.span.start)
    given = replace(appointment, adviser_id=adviser_id)
    await unit.appointments.change(given, now=now)
    detail = {"from": str(appointment.adviser_id), "to": str(adviser_id)}
    await unit.facts.append(
        Fact(appointment_id=given.id, at=now, kind=FactKind.REASSIGNED, by=by, detail=detail)
    )
    await free(unit, appointment, given, by=by, now=now)
    await tell(unit, given, LetterKind.REASSIGNED, at=now)
    return given

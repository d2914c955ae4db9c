"""Move an appointment to another time; whoever cannot get the new one keeps the old."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status, wall_time
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, Fact, FactKind, timed, told
from booking.letter import LetterDue, LetterKind
from booking.ports import BookingUnit
from booking.take_slot import take_slot


async def move(
    unit: BookingUnit,
    appointment_id: UUID,
    start: datetime,
    *,
    by: Actor,
    now: datetime,
    adviser_id: UUID | None = None,
) -> Appointment:
    """Move to another start, with the same adviser unless another is named.

    Its links stay, its reminders are planned anew. Moving to where it already stands changes nothing.
    Raises WrongStatus when it is no longer live, TooLate once it has started, and what
    `take_slot` raises.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    if now >= appointment.span.start:
        raise TooLate(appointment.span.start)
    adviser_id = adviser_id or appointment.adviser_id
    if (start, adviser_id) == (appointment.span.start, appointment.adviser_id):
        return appointment
    offering = await unit.offerings.get(appointment.offering_id)
    slot = await take_slot(unit, offering, start, adviser_id=adviser_id, now=now, but_not_of=appointment_id)
    moved = replace(
        appointment,
        adviser_id=slot.adviser_id,
        span=slot.span,
        wall_start=wall_time(slot.span.start, offering.zone),
        status=Status.BOOKED,
        sequence=appointment.sequence + 1,
        confirmed_at=None,
    )
    await unit.appointments.change(moved)
    detail = timed(slot.span) | {"from": told(appointment.span.start)}
    await unit.facts.append(Fact(appointment_id=moved.id, at=now, kind=FactKind.MOVED, by=by, detail=detail))
    await unit.reminders.drop(moved.id)
    await unit.reminders.add(
        offering.letters.reminders(moved.id, moved.span, sequence=moved.sequence, now=now)
    )
    letter = LetterDue(appointment_id=moved.id, kind=LetterKind.MOVED, sequence=moved.sequence)
    await unit.outbox.put(letter, at=now)
    return moved

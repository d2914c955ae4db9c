"""Cancel an appointment: always easy, until it starts."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.disruption import open_disruption
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, Fact, FactKind
from booking.free import free
from booking.letter import LetterKind
from booking.outcome import decide
from booking.ports import BookingUnit
from booking.tell import tell


class Reason(StrEnum):
    """Why; a closed list, so that no personal data comes into the history."""

    NOT_GIVEN = "not_given"
    CANNOT_COME = "cannot_come"
    NOT_NEEDED = "not_needed"
    HANDLED_ELSEWHERE = "handled_elsewhere"
    OTHER = "other"


async def cancel(
    unit: BookingUnit,
    appointment_id: UUID,
    *,
    by: Actor,
    now: datetime,
    reason: Reason = Reason.NOT_GIVEN,
) -> Appointment:
    """Cancel, free the adviser's time at once, and say so. A second cancel changes nothing.

    During a disruption it is ours, whoever asks: the customer did not choose that. Raises WrongStatus
    when it is closed, and TooLate when the customer asks after the start of one that nothing disrupts.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if appointment.status is Status.CANCELLED:
        return appointment
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    is_disrupted = open_disruption(await unit.facts.of(appointment.id)) is not None
    if by is Actor.CUSTOMER and now >= appointment.span.start and not is_disrupted:
        raise TooLate(appointment.span.start)
    await unit.facts.append(
        Fact(
            appointment_id=appointment.id,
            at=now,
            kind=FactKind.CANCELLED,
            by=Actor.SYSTEM if is_disrupted and by is Actor.CUSTOMER else by,
            detail={"reason": reason} | ({"asked_by": by} if is_disrupted else {}),
        )
    )
    offering = await unit.offerings.get(appointment.offering_id)
    outcome = decide(await unit.facts.of(appointment.id), offering.rules, until=now)
    cancelled = replace(appointment, status=Status.CANCELLED, outcome=outcome)
    await unit.appointments.change(cancelled, now=now)
    await free(unit, appointment, cancelled, by=by, now=now)
    await unit.reminders.drop(cancelled.id)
    await tell(unit, cancelled, LetterKind.CANCELLED, at=now)
    return cancelled

"""Ask to be called, and write down that somebody did, or that the appointment took place that way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.call import call_asked_at
from booking.errors import TooEarly, TooLate, WrongStatus
from booking.fact import TIMED, Actor, Detail, Fact, FactKind
from booking.follow_up import follow_up
from booking.outcome import decide
from booking.ports import BookingUnit

SAID_WITHIN = timedelta(days=1)
"""So long after its end an adviser may still say that an appointment took place by phone."""


async def ask_call(
    unit: BookingUnit, appointment_id: UUID, *, now: datetime, cause: str | None = None
) -> Appointment:
    """Keep that the customer wishes to be called; until somebody has, asking again changes nothing.

    `cause` is the failure that kept them from coming in, by its name.

    Raises WrongStatus when the appointment is no longer live, TooLate once its time and grace have passed.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    offering = await unit.offerings.get(appointment.offering_id)
    if now >= appointment.span.end + offering.rules.grace:
        raise TooLate(appointment.span.end)
    if call_asked_at(await unit.facts.of(appointment_id)) is None:
        await _append(unit, appointment_id, FactKind.CALL_ASKED, by=Actor.CUSTOMER, now=now, cause=cause)
    return appointment


async def mark_called(unit: BookingUnit, appointment_id: UUID, *, by: Actor, now: datetime) -> None:
    """Write down that the customer was called; where nothing speaks for a call, nothing is written.

    It says nothing of the outcome: a call about the appointment is no meeting.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if follow_up(appointment, await unit.facts.of(appointment_id)) is not None:
        await _append(unit, appointment_id, FactKind.CALLED_BACK, by=by, now=now)


async def meet_by_phone(unit: BookingUnit, appointment_id: UUID, *, by: Actor, now: datetime) -> None:
    """Write down that the appointment took place by phone; saying it again changes nothing.

    One that was closed meanwhile is judged anew. Raises TooEarly before the door opens, TooLate a day after
    the end, and WrongStatus when it was cancelled.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if appointment.status is Status.CANCELLED:
        raise WrongStatus(appointment.status)
    offering = await unit.offerings.get(appointment.offering_id)
    opens_at = appointment.door_opens_at(offering.rules.door_opens)
    if now < opens_at:
        raise TooEarly(opens_at)
    if now >= appointment.span.end + SAID_WITHIN:
        raise TooLate(appointment.span.end)
    if not _is_phoned(await unit.facts.of(appointment_id)):
        await _append(unit, appointment_id, FactKind.PHONED, by=by, now=now)
    if appointment.status is Status.CLOSED:
        outcome = decide(await unit.facts.of(appointment_id), offering.rules, until=now)
        await unit.appointments.change(replace(appointment, outcome=outcome), now=now)


def _is_phoned(facts: Sequence[Fact]) -> bool:
    """Tell whether it was said already of the time that counts."""
    last = max((index for index, fact in enumerate(facts) if fact.kind in TIMED), default=0)
    return any(fact.kind is FactKind.PHONED for fact in facts[last:])


async def _append(
    unit: BookingUnit,
    appointment_id: UUID,
    kind: FactKind,
    *,
    by: Actor,
    now: datetime,
    cause: str | None = None,
) -> None:
    detail: Detail = {"cause": cause} if cause else {}
    await unit.facts.append(Fact(appointment_id=appointment_id, at=now, kind=kind, by=by, detail=detail))

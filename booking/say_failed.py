"""Say that a meeting failed: then it is nobody's no-show, and no meeting either."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Status
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, Fact, FactKind
from booking.failed import SAID_WITHIN, WhatFailed, can_be_said, is_said
from booking.outcome import decide
from booking.ports import BookingUnit


async def say_failed(
    unit: BookingUnit, appointment_id: UUID, *, what: WhatFailed, by: Actor, now: datetime
) -> None:
    """Write down that it failed, and what; saying it again changes nothing unless they spoke in between.

    One that was closed meanwhile is judged anew. Raises WrongStatus when it was cancelled or the customer
    has not come in, and TooLate a day after the end.
    """
    appointment = await unit.appointments.locked(appointment_id)
    facts = await unit.facts.of(appointment_id)
    if not can_be_said(appointment, facts):
        raise WrongStatus(appointment.status)
    if now >= appointment.span.end + SAID_WITHIN:
        raise TooLate(appointment.span.end)
    if is_said(facts, by):
        return
    detail = {"failure": what.value}
    await unit.facts.append(
        Fact(appointment_id=appointment_id, at=now, kind=FactKind.MEETING_FAILED, by=by, detail=detail)
    )
    if appointment.status is Status.CLOSED:
        rules = (await unit.offerings.get(appointment.offering_id)).rules
        outcome = decide(await unit.facts.of(appointment_id), rules, until=now)
        await unit.appointments.change(replace(appointment, outcome=outcome), now=now)

"""Declare a disruption, tell those whom it concerns a few at a time, ask once more, and end it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.disruption import CODE, Choice, Concerned, Disruption, open_disruption
from booking.errors import BadPeriod, TooLate
from booking.fact import Actor, Fact, FactKind
from booking.find_slots import LONGEST
from booking.letter import LetterKind
from booking.outcome import decide
from booking.ports import BookingUnit
from booking.progress import Stage, stage
from booking.tell import tell

BATCH = 50
"""So many appointments are seen to in one unit, so that thousands do not hold the database."""


async def declare(unit: BookingUnit, disruption: Disruption, *, now: datetime) -> Disruption:
    """Keep a disruption and close its time; a second time with the same id changes nothing.

    Whoever is booking with its advisers just now is waited for, so that nothing slips in. Raises TooLate
    when it has passed already, BadPeriod when it is too long, and NotFound for whom or what is none.
    """
    if disruption.span.end <= now:
        raise TooLate(disruption.span.end)
    if disruption.span.length > LONGEST:
        raise BadPeriod(disruption.span.length)
    advisers = await _advisers(unit, disruption)
    await unit.calendar.lock(advisers)
    await unit.disruptions.add(disruption, disruption.closures(advisers))
    return await unit.disruptions.get(disruption.id)


async def reach(unit: BookingUnit, disruption: Disruption, *, now: datetime, limit: int = BATCH) -> int:
    """Open the fault and put the letter for some who have neither yet; return how many.

    Each is done whole or not at all, and once: who begins anew after a stop goes on where it stopped.
    """
    if not disruption.stands(now):
        return 0
    found = await unit.disruptions.unreached(disruption, limit=limit)
    histories = await unit.facts.of_many(found)
    for appointment_id in found:
        appointment = await unit.appointments.locked(appointment_id)
        if not appointment.span.overlaps(disruption.span):
            continue
        if appointment.is_live:
            await _reach_one(unit, disruption, appointment, histories.get(appointment_id, ()), now=now)
        elif appointment.status is Status.CLOSED:
            await _judge_anew(unit, disruption, appointment, now=now)
    return len(found)


async def ask_again(unit: BookingUnit, disruption_id: UUID, *, now: datetime) -> Disruption:
    """Have the one reminder sent to those who have not answered; a second time changes nothing."""
    disruption = await unit.disruptions.locked(disruption_id)
    if disruption.reminder_at is not None or not disruption.stands(now):
        return disruption
    asked = replace(disruption, reminder_at=now)
    await unit.disruptions.change(asked)
    return asked


async def remind_some(unit: BookingUnit, disruption: Disruption, *, now: datetime, limit: int = BATCH) -> int:
    """See to some of those who were told before it was asked for; return how many.

    Who has answered gets none; who answers in the meantime neither, which is seen at sending.
    """
    if disruption.reminder_at is None or not disruption.stands(now):
        return 0
    found = await unit.disruptions.unreminded(disruption, limit=limit)
    for one in found:
        await unit.disruptions.mark_reminded(one, at=now)
        if one.choice is Choice.UNANSWERED:
            await tell(unit, one.appointment, LetterKind.DISRUPTION_REMINDER, at=now)
    return len(found)


async def end(unit: BookingUnit, disruption_id: UUID, *, now: datetime) -> Disruption:
    """Say that it is over: its time can be booked again at once. A second time changes nothing."""
    disruption = await unit.disruptions.locked(disruption_id)
    if not disruption.stands(now):
        return disruption
    ended = replace(disruption, ended_at=now)
    await unit.disruptions.change(ended)
    return ended


async def release_some(unit: BookingUnit, *, now: datetime, limit: int = BATCH) -> int:
    """Tell some of those in ended disruptions that their time holds after all; return how many were seen to.

    The fault is closed for those who hear of it before the late limit. The others were told that the time
    may not hold, and cannot plan anew: their fault stays open, and only a meeting outweighs it.
    """
    found = await unit.disruptions.unreleased(limit=limit)
    for one in found:
        await unit.disruptions.mark_released(one, at=now)
        appointment = await unit.appointments.locked(one.appointment.id)
        if appointment.is_live and appointment.sequence == one.sequence and now < appointment.span.start:
            await _release_one(unit, one, appointment, now=now)
    return len(found)


async def _advisers(unit: BookingUnit, disruption: Disruption) -> Sequence[UUID]:
    """Return whose time it closes. Raises NotFound for whom or what is none."""
    scope = disruption.scope
    if scope.adviser_id:
        return [(await unit.advisers.get(scope.adviser_id)).id]
    if scope.offering_id:
        offering = await unit.offerings.get(scope.offering_id)
        return await unit.advisers.ids_of_offering(offering.id)
    return [one.id for one in await unit.advisers.all() if scope.team_id in (None, one.team_id)]


async def _reach_one(
    unit: BookingUnit,
    disruption: Disruption,
    appointment: Appointment,
    history: Sequence[Fact],
    *,
    now: datetime,
) -> None:
    """An earlier "I am coming" says nothing about it any more: only a new one keeps the time."""
    if not await _open_fault(unit, disruption, appointment, now=now):
        return
    if appointment.confirmed_at is not None:
        await unit.appointments.change(replace(appointment, confirmed_at=None), now=now)
    if now < appointment.span.end and stage(history) is not Stage.IN_MEETING:
        await tell(unit, appointment, LetterKind.DISRUPTION, at=now)


async def _judge_anew(
    unit: BookingUnit, disruption: Disruption, appointment: Appointment, *, now: datetime
) -> None:
    """What was closed before anybody declared it came to something else; nobody needs a letter about it."""
    if not await _open_fault(unit, disruption, appointment, now=now):
        return
    rules = (await unit.offerings.get(appointment.offering_id)).rules
    until = min(now, appointment.span.end + rules.grace)
    outcome = decide(await unit.facts.of(appointment.id), rules, until=until)
    await unit.appointments.change(replace(appointment, outcome=outcome), now=now)


async def _open_fault(
    unit: BookingUnit, disruption: Disruption, appointment: Appointment, *, now: datetime
) -> bool:
    """Write whom it concerns and the fact; False when that was written already."""
    if not await unit.disruptions.add_concerned(disruption.id, appointment, at=now):
        return False
    by = Actor.ADVISER if disruption.made_by == disruption.scope.adviser_id else Actor.ADMIN
    kind, detail = FactKind.FAULT_OPENED, disruption.fault
    await unit.facts.append(Fact(appointment_id=appointment.id, at=now, kind=kind, by=by, detail=detail))
    return True


async def _release_one(unit: BookingUnit, one: Concerned, appointment: Appointment, *, now: datetime) -> None:
    offering = await unit.offerings.get(appointment.offering_id)
    facts = await unit.facts.of(appointment.id)
    if open_disruption(facts) != one.disruption_id:
        return
    if now <= appointment.span.start - offering.rules.late_limit:
        detail = {"code": CODE, "disruption": str(one.disruption_id)}
        kind = FactKind.FAULT_CLOSED
        await unit.facts.append(
            Fact(appointment_id=appointment.id, at=now, kind=kind, by=Actor.SYSTEM, detail=detail)
        )
    await tell(unit, appointment, LetterKind.DISRUPTION_OVER, at=now)

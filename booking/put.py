"""Put an appointment at a slot, and tell everybody concerned: what all verbs that set a time do alike."""

from dataclasses import replace
from datetime import datetime

from booking.appointment import Appointment, Status, wall_time
from booking.fact import Actor, Detail, Fact, FactKind, timed, told
from booking.free import free
from booking.letter import LetterKind
from booking.offering import Offering
from booking.own_time import told_what_is_free
from booking.ports import BookingUnit
from booking.slot import Slot
from booking.tell import tell

_STAFF = frozenset({Actor.ADVISER, Actor.ADMIN})


def at_slot(appointment: Appointment, slot: Slot, offering: Offering) -> Appointment:
    """Return the appointment at another slot, its clock's zone and its links unchanged.

    Who came by the queue and then takes a time has booked one like anybody.
    """
    return replace(
        appointment,
        adviser_id=slot.adviser_id,
        span=slot.span,
        wall_start=wall_time(slot.span.start, appointment.zone),
        buffer_before=offering.buffer_before,
        buffer_after=offering.buffer_after,
        status=Status.BOOKED,
        outcome=None,
        sequence=appointment.sequence + 1,
        confirmed_at=None,
        source="" if appointment.is_drop_in else appointment.source,
    )


async def put_at(
    unit: BookingUnit,
    appointment: Appointment,
    slot: Slot,
    offering: Offering,
    *,
    kind: FactKind,
    by: Actor,
    now: datetime,
) -> Appointment:
    """Move an appointment to a slot that its caller has locked: row, cells, facts, reminders, letter.

    `kind` is MOVED or RESTORED. Raises OwnOverlap, and SlotTaken when a constraint says so.
    """
    placed = at_slot(appointment, slot, offering)
    async with told_what_is_free(unit, offering, placed.id, now=now):
        await unit.appointments.change(placed, now=now)
    detail: Detail = timed(slot.span) | {"from": told(appointment.span.start)}
    if by in _STAFF and not _hears_in_time(placed, offering, now=now):
        detail = {**detail, "to_confirm": True}
    await unit.facts.append(Fact(appointment_id=placed.id, at=now, kind=kind, by=by, detail=detail))
    await free(unit, appointment, placed, by=by, now=now)
    await plan_letters(unit, placed, offering, LetterKind(kind), now=now)
    return placed


def _hears_in_time(appointment: Appointment, offering: Offering, *, now: datetime) -> bool:
    """Tell whether a customer who did not ask for a time will read of it: written to, and not at the last."""
    least = min((ahead for _, ahead in offering.letters.before), default=offering.rules.door_opens)
    return bool(appointment.customer.channels) and now <= appointment.span.start - least


async def plan_letters(
    unit: BookingUnit, appointment: Appointment, offering: Offering, news: LetterKind, *, now: datetime
) -> None:
    """Write the news, and plan the reminders of the time that is now true instead of any before."""
    if appointment.sequence:
        await unit.reminders.drop(appointment.id)
    await unit.reminders.add(offering.letters.reminders(appointment, now=now))
    await tell(unit, appointment, news, at=now)

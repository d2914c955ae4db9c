"""Rehearse the days to come: every letter, door and release as it would be if nobody did anything.

Left out is what depends on people: who books, moves, cancels or comes, whom a freed slot is offered to next,
letters in doubt that wait for a person, and what is told of the very minutes of the start.
"""

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment
from booking.booked_again import has_booked_again
from booking.coming import Coming
from booking.disruption import Disruption, open_disruption
from booking.errors import NotFound
from booking.fact import Fact, FactKind
from booking.foretell import foretell
from booking.letter import LetterDue
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.reminder import Reminder, leave_by
from booking.scene import Scene
from booking.tell import by_each_way
from booking.time_span import TimeSpan

MOST_DAYS = 30
AT_A_LOOK = 500
SOONEST_END = timedelta(days=1)
"""No meeting is ended longer than this before its start."""


async def rehearse(
    unit: BookingUnit, until: datetime, *, now: datetime, silent: TimeSpan | None = None
) -> Sequence[Coming]:
    """Return what happens from now until a moment, in order.

    `silent` is a time in which nobody does the background work: what it makes late or loses says so.
    """
    offerings = {one.id: one for one in await unit.offerings.all()}
    reminders = await unit.reminders.ahead(until)
    on_their_way = await unit.outbox.on_their_way(until)
    about = {one.appointment_id for one in reminders} | {one.appointment_id for _, one in on_their_way}
    offers = await unit.offers.all_open()
    asked = {one.appointment_id for one in offers}
    appointments = await _appointments(unit, about | asked, until + _longest(offerings.values()))
    kept = {one.hold_id for one in offers}
    stopped = await unit.stopped_numbers.all()
    written = {one.appointment_id for _, one in on_their_way}
    histories = await _histories(unit, appointments.values(), written, now)
    scene = Scene(
        now=now,
        offerings=offerings,
        appointments=appointments,
        due=[*on_their_way, *_letters(reminders, appointments, stopped)],
        histories=histories,
        stopped=stopped,
        disrupted=await _disrupted(unit, now),
        booked_again={one async for one in _booked_again(unit, appointments, histories, now)},
        holds=[one for one in await unit.holds.all_open(now) if one.id not in kept],
        offers={one.id: one for one in offers},
    )
    return foretell(scene, until, silent=silent)


def _longest(offerings: Collection[Offering]) -> timedelta:
    return max((one.rules.door_opens for one in offerings), default=timedelta(0))


def _letters(
    reminders: Collection[Reminder], appointments: Mapping[UUID, Appointment], stopped: Collection[str]
) -> Iterator[tuple[datetime, LetterDue]]:
    """Yield the letters that reminders become when they fall due, as `remind` tells them."""
    for one in reminders:
        appointment = appointments.get(one.appointment_id)
        if appointment is None or appointment.sequence != one.sequence:
            continue
        about = LetterDue(
            appointment_id=appointment.id,
            kind=one.kind,
            sequence=one.sequence,
            leave_by=leave_by(one.kind, one.due_at, appointment.span.start),
        )
        is_stopped = appointment.customer.phone_key in stopped
        yield from ((one.due_at, letter) for letter in by_each_way(appointment, about, is_stopped=is_stopped))


async def _appointments(
    unit: BookingUnit, wanted: Collection[UUID], before: datetime
) -> Mapping[UUID, Appointment]:
    """Return all live ones that start before a moment, and those wanted besides, as far as there are any."""
    found = {one.id: one for one in await unit.appointments.live(before)}
    for missing in sorted(set(wanted) - found.keys()):
        try:
            found[missing] = await unit.appointments.get(missing)
        except NotFound:
            continue
    return found


async def _histories(
    unit: BookingUnit, appointments: Collection[Appointment], written: Collection[UUID], now: datetime
) -> Mapping[UUID, Sequence[Fact]]:
    """Return the histories of those that may have been ended already, or have a letter on its way."""
    begun = {one.id for one in appointments if one.is_live and one.span.start <= now + SOONEST_END}
    return await _facts(unit, begun | set(written))


async def _booked_again(
    unit: BookingUnit,
    appointments: Mapping[UUID, Appointment],
    histories: Mapping[UUID, Sequence[Fact]],
    now: datetime,
) -> AsyncIterator[UUID]:
    """Yield who has another appointment ahead, of those whose adviser was there: they may miss it."""
    for whose, facts in histories.items():
        was_there = any(fact.kind is FactKind.ADVISER_READY for fact in facts)
        if was_there and whose in appointments and await has_booked_again(unit, appointments[whose], now=now):
            yield whose


async def _disrupted(unit: BookingUnit, now: datetime) -> Mapping[UUID, Disruption]:
    standing = {one.id: one for one in await unit.disruptions.standing(now)}
    touched = {
        one.id for each in standing.values() for one in await unit.disruptions.touched(each.scope, each.span)
    }
    opened = ((whose, open_disruption(facts)) for whose, facts in (await _facts(unit, touched)).items())
    return {whose: standing[found] for whose, found in opened if found and found in standing}


async def _facts(unit: BookingUnit, whose: Collection[UUID]) -> Mapping[UUID, Sequence[Fact]]:
    found: dict[UUID, Sequence[Fact]] = {}
    ordered = sorted(whose)
    for first in range(0, len(ordered), AT_A_LOOK):
        found |= await unit.facts.of_many(ordered[first : first + AT_A_LOOK])
    return found

"""Rehearse the days to come: every letter, door and release as it would be if nobody did anything.

Left out is what depends on people: who books, moves, cancels or comes, whom a freed slot is offered to next,
and letters in doubt that wait for a person.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment
from booking.coming import Coming
from booking.disruption import Disruption, open_disruption
from booking.errors import NotFound
from booking.fact import Fact
from booking.foretell import Scene, foretell
from booking.letter import LetterDue
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.reminder import Reminder, leave_by
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
    scene = Scene(
        now=now,
        offerings=offerings,
        appointments=appointments,
        due=[*on_their_way, *_letters(reminders, appointments, await unit.stopped_numbers.all())],
        histories=await _histories(unit, appointments.values(), now),
        disrupted=await _disrupted(unit, now),
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
    unit: BookingUnit, appointments: Collection[Appointment], now: datetime
) -> Mapping[UUID, Sequence[Fact]]:
    """Return the histories of those that may have been ended already."""
    begun = [one.id for one in appointments if one.is_live and one.span.start <= now + SOONEST_END]
    return await _facts(unit, begun)


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

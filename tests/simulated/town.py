"""A town of many appointments: three zones, every hour, both channels, and whatever else can stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from booking.appointment import Appointment, Customer, Status, wall_time
from booking.fact import Actor, Fact, FactKind, timed
from booking.freed_slot import FreedSlot
from booking.hold import Hold
from booking.letter import LetterDue, LetterKind
from booking.offer import Offer
from booking.offering import Offering
from booking.reminder import ReminderPlan
from booking.rules import Rules
from booking.time_span import TimeSpan
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from tests.contracts.world import member

ZONES = ("Europe/Helsinki", "Europe/Helsinki", "America/New_York", "Australia/Sydney")
LENGTH = timedelta(minutes=30)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
AT_ONCE = 250
FREE = (11, 12, 13)
"""The hours of the first day in which nobody has an appointment: freed slots lie there."""
PLANS = (
    (Rules(grace=timedelta(minutes=15)), ReminderPlan()),
    (
        Rules(grace=timedelta(minutes=10), door_opens=timedelta(minutes=30)),
        ReminderPlan(((LetterKind.ONE_DAY, DAY), (LetterKind.FIFTEEN_MINUTES, 2 * HOUR))),
    ),
    (
        Rules(grace=timedelta(minutes=30), door_opens=timedelta(minutes=45)),
        ReminderPlan(((LetterKind.THREE_DAYS, 5 * DAY), (LetterKind.ONE_DAY, 30 * HOUR))),
    ),
)


@dataclass(slots=True)
class Town:
    """What stands when the days begin; `tokens` lead to the appointments."""

    units: SqlUnits
    begin: datetime
    offerings: Sequence[Offering]
    advisers: Sequence[UUID]
    team_id: UUID = field(default_factory=uuid4)
    appointments: list[Appointment] = field(default_factory=list)
    tokens: dict[UUID, str] = field(default_factory=dict)
    holds: list[Hold] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)

    def offering(self, appointment: Appointment) -> Offering:
        return next(one for one in self.offerings if one.id == appointment.offering_id)


async def founded(units: SqlUnits, begin: datetime, *, days: int, size: int, seed: int = 1) -> Town:
    """Fill a database: live appointments, and among them some that were cancelled or moved."""
    team_id = uuid4()
    offerings = [_offering(team_id, rules, letters) for rules, letters in PLANS]
    town = Town(units, begin, offerings, [uuid4() for _ in range(max(4, size // 250))], team_id)
    async with units.write() as unit:
        await unit.catalogue.add_team(team_id, "Town")
        for one in offerings:
            await unit.catalogue.add_offering(one)
        for number, adviser_id in enumerate(town.advisers):
            await unit.staff.add(member(adviser_id, f"adviser-{number}", team_id))
    dice = Random(seed)
    wanted = list(_appointments(town, dice, days=days, size=size))
    for first in range(0, size, AT_ONCE):
        async with units.write() as unit:
            for appointment in wanted[first : first + AT_ONCE]:
                await _keep(unit, town, appointment, dice)
    await _hold_some(town, dice)
    await _offer_some(town, dice)
    return town


def _offering(team_id: UUID, rules: Rules, letters: ReminderPlan) -> Offering:
    name = {"en": "Talk"}
    return Offering(
        id=uuid4(), team_id=team_id, names=name, texts=name, length=LENGTH, rules=rules, letters=letters
    )


def _appointments(town: Town, dice: Random, *, days: int, size: int) -> Iterator[Appointment]:
    """Yield appointments at any hour of any day, from the hour before the begin to days after the end."""
    numbers = [number for number in range(-1, (days + 6) * 24) if number not in FREE]
    hours = [(who, number) for who in range(len(town.advisers)) for number in numbers]
    for number, (who, hour) in enumerate(dice.sample(hours, size)):
        start = town.begin + hour * HOUR + who % 3 * timedelta(minutes=15)
        zone = dice.choice(ZONES)
        yield Appointment(
            id=uuid4(),
            offering_id=dice.choice(town.offerings).id,
            adviser_id=town.advisers[who],
            span=TimeSpan(start, start + LENGTH),
            zone=zone,
            wall_start=wall_time(start, zone),
            customer=_customer(number, dice),
            booked_at=town.begin - dice.random() * 20 * DAY - 2 * HOUR,
            source="town",
        )


def _customer(number: int, dice: Random) -> Customer:
    """Most have both addresses; some have one, and whoever was booked by the staff perhaps none."""
    email, phone = f"customer-{number}@example.org", f"+35840{number:07}"
    reach: Any = dice.choice(("mail", "mail", "sms", "both"))
    email, phone = dice.choice([(email, phone)] * 8 + [(email, ""), ("", phone), ("", "")])
    return Customer(name=f"Customer {number}", email=email, phone=phone, language="en", reached_by=reach)


async def _keep(unit: SqlUnit, town: Town, appointment: Appointment, dice: Random) -> None:
    """Keep one as the verbs would have left it, with a letter or two that have not gone out yet."""
    what = dice.random()
    if what < 0.03:
        appointment = replace(appointment, status=Status.CANCELLED)
    elif what < 0.08:
        appointment = replace(appointment, sequence=1)
    elif what < 0.12:
        appointment = replace(appointment, confirmed_at=appointment.booked_at + HOUR)
    booked_at = appointment.booked_at
    await unit.appointments.add(appointment, now=booked_at)
    town.tokens[appointment.id] = await unit.links.make(appointment.id)
    booked = Fact(
        appointment_id=appointment.id,
        at=booked_at,
        kind=FactKind.BOOKED,
        by=Actor.CUSTOMER,
        detail=timed(appointment.span),
    )
    await unit.facts.append(booked)
    if appointment.is_live:
        planned = town.offering(appointment).letters.reminders(appointment, now=town.begin)
        await unit.reminders.add(planned)
    if what < 0.14:
        await _put_news(unit, town, appointment)
    town.appointments.append(appointment)


async def _put_news(unit: SqlUnit, town: Town, appointment: Appointment) -> None:
    """Leave the news in the outbox, and of what was moved also the letter that no longer holds."""
    kind = LetterKind.BOOKED if appointment.is_live else LetterKind.CANCELLED
    for sequence in range(appointment.sequence + 1):
        about = LetterDue(appointment_id=appointment.id, kind=kind, sequence=sequence)
        await unit.outbox.put(about, at=town.begin - timedelta(minutes=9))


async def _hold_some(town: Town, dice: Random) -> None:
    async with town.units.write() as unit:
        for number, adviser_id in enumerate(town.advisers):
            start = town.begin + dice.randrange(1, 20) * HOUR + timedelta(minutes=45) + 40 * DAY
            hold = _hold(town, adviser_id, start, timedelta(minutes=number % 10 + 1))
            await unit.holds.add(hold, now=town.begin)
            town.holds.append(hold)


def _hold(town: Town, adviser_id: UUID, start: datetime, lasts: timedelta) -> Hold:
    until = town.begin + lasts
    span = TimeSpan(start, start + LENGTH)
    return Hold(
        id=uuid4(),
        offering_id=town.offerings[0].id,
        adviser_id=adviser_id,
        span=span,
        busy=span,
        held_at=town.begin - timedelta(minutes=1),
        expires_at=until,
        until=until,
    )


async def _offer_some(town: Town, dice: Random) -> None:
    """Offer some who come late a freed slot of long before, kept for them for a while."""
    live = [one for one in town.appointments if one.is_live]
    late = sorted(live, key=lambda one: one.span.start)[-len(town.advisers) :]
    async with town.units.write() as unit:
        for number, (who, giver) in enumerate(zip(late, dice.sample(live, len(late)), strict=True)):
            start = town.begin + 12 * HOUR
            adviser_id = town.advisers[number]
            hold = _hold(town, adviser_id, start, timedelta(minutes=40 + number))
            offer = _offer(who, hold)
            await unit.freed_slots.add(_freed(offer, who, giver))
            await unit.holds.add(hold, now=town.begin)
            await unit.offers.add(offer)
            town.offers.append(offer)


def _offer(who: Appointment, hold: Hold) -> Offer:
    return Offer(
        id=uuid4(),
        freed_id=uuid4(),
        appointment_id=who.id,
        adviser_id=hold.adviser_id,
        span=hold.span,
        offered_at=hold.held_at,
        expires_at=hold.until,
        hold_id=hold.id,
    )


def _freed(offer: Offer, who: Appointment, giver: Appointment) -> FreedSlot:
    return FreedSlot(
        id=offer.freed_id,
        offering_id=who.offering_id,
        adviser_id=offer.adviser_id,
        appointment_id=giver.id,
        span=offer.span,
        freed_at=offer.offered_at,
        look_at=offer.expires_at,
    )

"""However many claim a freed slot at once, one gets it and everybody else keeps their own time."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from booking.appointment import Appointment
from booking.claim import claim
from booking.errors import Refusal
from booking.fact import FactKind
from booking.freed_slot import FreedSlot
from booking.offer import Offer
from booking.time_span import TimeSpan
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from tests.contracts.waitlisted import customer
from tests.contracts.world import NOW, TEN, World, furnished, offering

SHORT = timedelta(minutes=5)
LATER = TEN + timedelta(days=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Everybody who waits for the same slots of Ilmari's, each with a later time of their own."""

    world: World
    offering_id: UUID
    waiting: Sequence[Appointment]

    async def offers(self, start: datetime) -> Sequence[Offer]:
        """Free a slot and offer it to everybody."""
        freed = FreedSlot(
            id=uuid4(),
            offering_id=self.offering_id,
            adviser_id=self.world.ilmari,
            appointment_id=self.waiting[0].id,
            span=TimeSpan(start, start + SHORT),
            freed_at=NOW,
            look_at=NOW,
        )
        offers = [
            Offer(
                id=uuid4(),
                freed_id=freed.id,
                appointment_id=one.id,
                adviser_id=freed.adviser_id,
                span=freed.span,
                offered_at=NOW,
                expires_at=NOW + timedelta(hours=1),
            )
            for one in self.waiting
        ]

        async with self.world.units.write() as unit:
            await unit.freed_slots.add(freed)
            for offer in offers:
                await unit.offers.add(offer)
        return offers

    async def claims(self, offer: Offer) -> str:
        try:
            claimed = await self.world.units.do(lambda unit: claim(unit, offer.id, now=NOW))
        except Refusal as refusal:
            return type(refusal).__name__
        return "claimed" if claimed.is_new else "again"

    async def live(self) -> Sequence[Appointment]:
        """Return all appointments, as they stand now."""
        everything = TimeSpan(TEN - timedelta(days=1), LATER + timedelta(days=30))
        async with self.world.units.read() as unit:
            return [one for one in await unit.appointments.within(everything) if one.is_live]


async def crowd(units: SqlUnits, size: int) -> Crowd:
    """Let so many people book five minutes with Louhi, three weeks ahead."""
    world = await furnished(units)
    offering_id = uuid4()
    async with units.write() as unit:
        short = offering(offering_id, length=SHORT, step=SHORT, team_id=world.bank)
        await unit.catalogue.add_offering(short)
        await unit.catalogue.link(world.ilmari, offering_id)
        waiting = [await booked(unit, world, offering_id, number) for number in range(size)]
    return Crowd(world=world, offering_id=offering_id, waiting=waiting)


async def booked(unit: SqlUnit, world: World, offering_id: UUID, number: int) -> Appointment:
    start = LATER + number * SHORT
    appointment = world.appointment(start, adviser_id=world.louhi, customer=customer(f"Nobody {number}"))
    short = replace(appointment, offering_id=offering_id, span=TimeSpan(start, start + SHORT))
    await unit.appointments.add(short, now=NOW)
    await unit.links.make(short.id)
    return short


def starts(count: int) -> Sequence[datetime]:
    """Return the starts of so many slots, the last one first: each is earlier than all that were won."""
    return [TEN + number * SHORT for number in reversed(range(count))]


def overlaps(appointments: Sequence[Appointment]) -> int:
    by_time = sorted(appointments, key=lambda one: (str(one.adviser_id), one.span))
    return sum(
        before.adviser_id == after.adviser_id and before.span.overlaps(after.span)
        for before, after in pairwise(by_time)
    )


async def test_of_all_who_claim_a_slot_at_once_one_gets_it(sql_units: SqlUnits) -> None:
    people = await crowd(sql_units, 12)

    for start in starts(4):
        offers = await people.offers(start)
        told = Counter(await asyncio.gather(*(people.claims(offer) for offer in offers)))

        assert told == {"claimed": 1, "OfferTaken": 11}
    now = await people.live()
    assert len(now) == 12
    assert overlaps(now) == 0


async def test_one_person_who_taps_many_times_moves_once(sql_units: SqlUnits) -> None:
    people = await crowd(sql_units, 1)
    [offer] = await people.offers(TEN)

    told = Counter(await asyncio.gather(*(people.claims(offer) for _ in range(12))))

    assert told == {"claimed": 1, "again": 11}
    async with sql_units.read() as unit:
        kinds = [fact.kind for fact in await unit.facts.of(offer.appointment_id)]
    assert kinds == [FactKind.MOVED, FactKind.FREED, FactKind.OFFER_CLAIMED]


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_two_thousand_freed_slots_are_claimed_by_fifty_at_once(sql_units: SqlUnits) -> None:
    slots, claimers = 2000, 50
    people = await crowd(sql_units, claimers)
    claimed = double = 0

    for start in starts(slots):
        offers = await people.offers(start)
        told = Counter(await asyncio.gather(*(people.claims(offer) for offer in offers)))
        claimed += told["claimed"]
        double += max(0, told["claimed"] - 1)
        assert told["claimed"] + told["OfferTaken"] == claimers
    now = await people.live()
    double += overlaps(now)

    print(f"{slots} freed slots × {claimers} claimers: {claimed} claimed, {double} double")
    assert (claimed, double, len(now)) == (slots, 0, claimers)

"""The waiting room that advisers share: rows, beats, claims by one at a time, places in one line."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from booking.appointment import Appointment, Customer, Status
from booking.claim_waiting import claim_waiting
from booking.errors import ClaimedAlready, NotFound
from booking.fact import Actor, FactKind
from booking.places import count_ahead
from booking.waiting_room import AWAY_AFTER, CLAIM_LASTS, FORGOTTEN_AFTER, WaitingCustomer
from tests.contracts.world import NOW, TEN, World, member

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def customer(appointment: Appointment, *, came: timedelta = timedelta(0)) -> WaitingCustomer:
    return WaitingCustomer(
        appointment_id=appointment.id,
        came_at=NOW + came,
        beat_at=NOW,
        arrival={"step": "checking", "device": {"kind": "phone"}},
        said={"sentence": "in_a_moment", "at": "2026-11-23T06:00:00Z"},
    )


async def waits(world: World, number: int = 0, *, came: timedelta = timedelta(0)) -> Appointment:
    """Let one wait for Ilmari; the higher the number, the later their appointment."""
    who = Customer(name=f"Odottaja {number}", email=f"odottaja{number}@example.fi")
    booked = await world.booked(TEN + number * HOUR, customer=who)
    async with world.units.write() as unit:
        await unit.waiting.keep(customer(booked, came=came))
    return booked


async def row(world: World, appointment_id: UUID) -> WaitingCustomer | None:
    async with world.units.read() as unit:
        return (await unit.waiting.of([appointment_id])).get(appointment_id)


async def colleague(world: World) -> UUID:
    """Take on one of Ilmari's team who gives the same offering."""
    tapio = uuid4()
    async with world.units.write() as unit:
        await unit.staff.add(member(tapio, "tapio", world.bank))
        await unit.catalogue.link(tapio, world.talk)
    return tapio


async def claims(world: World, appointment: Appointment, who: UUID, *, at: timedelta = timedelta(0)) -> None:
    async with world.units.write() as unit:
        await claim_waiting(unit, appointment.id, who, now=NOW + at)


async def test_who_waits_comes_back_as_they_were_kept(world: World) -> None:
    booked = await waits(world)

    assert await row(world, booked.id) == customer(booked)


async def test_kept_anew_it_takes_how_they_come_in_and_leaves_the_claim(world: World) -> None:
    booked = await waits(world)
    await claims(world, booked, world.ilmari)
    ready = replace(customer(booked), ready_at=NOW + SECOND, arrival=None, said=None, beat_at=NOW + HOUR)

    async with world.units.write() as unit:
        await unit.waiting.keep(ready)

    kept = await row(world, booked.id)
    assert kept == replace(ready, claimed_by=world.ilmari, claimed_at=NOW)


async def test_a_lost_line_is_away_at_once_and_its_beat_stays_until_it_is_back(world: World) -> None:
    booked = await waits(world)
    lost = replace(customer(booked), lost_at=NOW + SECOND, beat_at=NOW + SECOND)

    async with world.units.write() as unit:
        await unit.waiting.keep(lost)
    away = await row(world, booked.id)
    async with world.units.write() as unit:
        await unit.waiting.keep(replace(customer(booked), beat_at=NOW + HOUR))
    back = await row(world, booked.id)

    assert away == replace(lost, beat_at=NOW)
    assert away.is_away(NOW + SECOND)
    assert back is not None
    assert not back.is_away(NOW + HOUR)


async def test_a_row_goes_with_the_waiting_and_its_claim_with_it(world: World) -> None:
    booked = await waits(world)
    await claims(world, booked, world.ilmari)

    async with world.units.write() as unit:
        await unit.waiting.drop(booked.id)
        await unit.waiting.drop(booked.id)
        await unit.waiting.keep(customer(booked))

    kept = await row(world, booked.id)
    assert kept is not None
    assert kept.claimed_by is None


async def test_a_beat_is_for_those_who_are_there_and_for_the_claims_of_who_is(world: World) -> None:
    here, away = await waits(world), await waits(world, 1)
    tapio = await colleague(world)
    await claims(world, here, world.ilmari)
    await claims(world, away, tapio)
    later = NOW + AWAY_AFTER

    async with world.units.write() as unit:
        await unit.waiting.beat([here.id], {here.id: world.ilmari, away.id: world.ilmari}, now=later)
        await unit.waiting.beat([], {}, now=later + HOUR)

    felt, not_felt = await row(world, here.id), await row(world, away.id)
    assert felt is not None
    assert not_felt is not None
    assert (felt.is_away(later), not_felt.is_away(later)) == (False, True)
    assert (felt.claimed_at, not_felt.claimed_at) == (later, NOW)


async def test_an_adviser_takes_a_customer_once_and_it_becomes_a_fact(world: World) -> None:
    booked = await waits(world)

    await claims(world, booked, world.ilmari)
    await claims(world, booked, world.ilmari, at=SECOND)

    async with world.units.read() as unit:
        facts = await unit.facts.of(booked.id)
    assert [(each.kind, each.by, each.detail) for each in facts] == [
        (FactKind.CLAIMED, Actor.ADVISER, {"adviser": str(world.ilmari)})
    ]


async def test_a_colleague_of_the_team_may_take_them_and_the_calendar_stays(world: World) -> None:
    booked = await waits(world)
    tapio = await colleague(world)

    await claims(world, booked, tapio)

    kept = await row(world, booked.id)
    assert kept is not None
    assert kept.claimant(NOW) == tapio
    async with world.units.read() as unit:
        assert (await unit.appointments.get(booked.id)).adviser_id == world.ilmari


async def test_another_teams_adviser_takes_nobody(world: World) -> None:
    booked = await waits(world)

    with pytest.raises(NotFound):
        await claims(world, booked, world.louhi)


async def test_an_adviser_who_does_not_give_the_offering_takes_nobody(world: World) -> None:
    booked = await waits(world)
    async with world.units.write() as unit:
        await unit.staff.add(member(ahti := uuid4(), "ahti", world.bank))

    with pytest.raises(NotFound):
        await claims(world, booked, ahti)


async def test_nobody_is_taken_who_does_not_wait(world: World) -> None:
    with pytest.raises(NotFound):
        await claims(world, await world.booked(), world.ilmari)


async def test_a_claim_lasts_a_minute_beyond_its_advisers_line(world: World) -> None:
    booked = await waits(world)
    tapio = await colleague(world)
    await claims(world, booked, world.ilmari)

    with pytest.raises(ClaimedAlready) as refused:
        await claims(world, booked, tapio, at=CLAIM_LASTS - SECOND)
    await claims(world, booked, tapio, at=CLAIM_LASTS)

    assert refused.value.by == world.ilmari
    kept = await row(world, booked.id)
    assert kept is not None
    assert kept.claimed_by == tapio


async def test_a_claim_can_be_given_up_by_who_holds_it_alone(world: World) -> None:
    booked = await waits(world)
    tapio = await colleague(world)
    await claims(world, booked, world.ilmari)

    async with world.units.write() as unit:
        await unit.waiting.release(booked.id, tapio)
    with pytest.raises(ClaimedAlready):
        await claims(world, booked, tapio)
    async with world.units.write() as unit:
        await unit.waiting.release(booked.id, world.ilmari)
    await claims(world, booked, tapio)


async def test_of_many_at_once_one_takes_the_customer(world: World) -> None:
    booked = await waits(world)
    advisers = [world.ilmari, *[await _named(world, f"neuvoja{n}") for n in range(4)]]

    async def take(who: UUID) -> None:
        await world.units.do(lambda unit: claim_waiting(unit, booked.id, who, now=NOW))

    results = await asyncio.gather(*map(take, advisers), return_exceptions=True)

    assert sorted(type(each).__name__ for each in results) == ["ClaimedAlready"] * 4 + ["NoneType"]


async def _named(world: World, login: str) -> UUID:
    async with world.units.write() as unit:
        await unit.staff.add(member(who := uuid4(), login, world.bank))
        await unit.catalogue.link(who, world.talk)
    return who


async def test_the_line_is_ordered_by_coming_and_leaves_out_the_taken_and_the_forgotten(world: World) -> None:
    late, early, taken = (
        await waits(world, 0, came=2 * SECOND),
        await waits(world, 1),
        await waits(world, 2, came=SECOND),
    )
    await claims(world, taken, world.ilmari)

    async with world.units.read() as unit:
        now = [each.appointment_id for each in await unit.waiting.line(NOW)]
        forgotten = await unit.waiting.line(NOW + FORGOTTEN_AFTER)
        everybody = [each.appointment_id for each in await unit.waiting.all(NOW)]

    assert (now, forgotten, everybody) == ([early.id, late.id], [], [early.id, taken.id, late.id])


async def test_places_count_those_before_one_whom_the_same_advisers_take(world: World) -> None:
    first, second = await waits(world), await waits(world, 1, came=SECOND)
    newcomer = await world.booked(TEN + 5 * HOUR, customer=Customer(name="Uusi", email="uusi@example.fi"))

    async with world.units.read() as unit:
        ahead = await count_ahead(
            unit,
            {first.id: NOW, second.id: NOW + SECOND, newcomer.id: NOW + HOUR},
            now=NOW,
        )

    assert ahead == {first.id: 0, second.id: 1, newcomer.id: 2}


async def test_those_whom_other_advisers_take_are_not_before_one(world: World) -> None:
    await waits(world)
    async with world.units.write() as unit:
        other = replace((await unit.offerings.all())[0], id=uuid4())
        await unit.catalogue.add_offering(other)
        await unit.catalogue.link(world.louhi, other.id)
        elsewhere = replace(
            world.appointment(adviser_id=world.louhi, customer=Customer(name="Muu", email="muu@example.fi")),
            offering_id=other.id,
        )
        await unit.appointments.add(elsewhere, now=NOW)

    async with world.units.read() as unit:
        assert await count_ahead(unit, {elsewhere.id: NOW + HOUR}, now=NOW) == {elsewhere.id: 0}


async def test_what_is_over_waits_no_more_after_the_sweep(world: World) -> None:
    over, live = await waits(world), await waits(world, 1)
    async with world.units.write() as unit:
        await unit.appointments.change(replace(over, status=Status.CLOSED), now=NOW)

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=NOW)

    assert await row(world, over.id) is None
    assert await row(world, live.id) is not None

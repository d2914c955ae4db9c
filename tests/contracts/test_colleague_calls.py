"""Calls to a colleague, which they see until they are over; and what handing a meeting over changes."""

from dataclasses import replace
from datetime import timedelta

from booking.appointment import Appointment
from booking.colleague_call import ColleagueCall
from booking.fact import FactKind
from booking.hand_over import hand_over
from tests.contracts.world import KULLERVO, NOW, TEN, World

MINUTE = timedelta(minutes=1)


def call(world: World, appointment: Appointment) -> ColleagueCall:
    return ColleagueCall(
        appointment_id=appointment.id,
        colleague_id=world.louhi,
        asked_by=world.ilmari,
        asked_at=NOW,
        reason="A question about the deed",
    )


async def adviser_of(world: World, appointment: Appointment) -> object:
    async with world.units.read() as unit:
        return (await unit.appointments.get(appointment.id)).adviser_id


async def test_a_call_is_seen_by_who_is_called_until_it_is_over(world: World) -> None:
    booked = await world.booked()
    asked = call(world, booked)
    async with world.units.write() as unit:
        await unit.colleague_calls.keep(booked.id, [asked])
        await unit.colleague_calls.keep(booked.id, [asked])

        assert list(await unit.colleague_calls.to(world.louhi, since=NOW - MINUTE)) == [asked]
        assert list(await unit.colleague_calls.to(world.ilmari, since=NOW - MINUTE)) == []
        assert list(await unit.colleague_calls.to(world.louhi, since=NOW)) == []

        await unit.colleague_calls.keep(booked.id, [])
        assert list(await unit.colleague_calls.to(world.louhi, since=NOW - MINUTE)) == []


async def test_who_goes_on_has_the_appointment_from_then_on(world: World) -> None:
    booked = await world.booked()

    async with world.units.write() as unit:
        await hand_over(unit, booked.id, world.ilmari, world.louhi, now=TEN)

    assert await adviser_of(world, booked) == world.louhi
    async with world.units.read() as unit:
        last = (await unit.facts.of(booked.id))[-1]
    assert last.kind is FactKind.HANDED_OVER
    assert last.detail == {"from": str(world.ilmari), "to": str(world.louhi)}


async def test_a_calendar_that_is_full_stays_as_it_was_and_the_history_tells(world: World) -> None:
    booked = await world.booked()
    other = replace(world.appointment(customer=KULLERVO), adviser_id=world.louhi)
    async with world.units.write() as unit:
        await unit.appointments.add(other, now=NOW)

    async with world.units.write() as unit:
        await hand_over(unit, booked.id, world.ilmari, world.louhi, now=TEN)

    assert await adviser_of(world, booked) == world.ilmari
    async with world.units.read() as unit:
        assert [fact.kind for fact in await unit.facts.of(booked.id)] == [FactKind.HANDED_OVER]

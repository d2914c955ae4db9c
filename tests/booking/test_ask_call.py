"""Asking for a call, once until somebody has called."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from booking.appointment import Status
from booking.ask_call import ask_call, mark_called
from booking.call import call_asked_at
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, FactKind
from booking.outcome import Outcome, decide
from booking.rules import Rules
from tests.booking.history import ADVISER, SPAN, at, booked, fact
from tests.contracts.world import LENGTH, NOW, TEN, World

MINUTE = timedelta(minutes=1)


async def kinds(world: World, appointment_id: UUID) -> list[FactKind]:
    async with world.units.read() as unit:
        return [one.kind for one in await unit.facts.of(appointment_id)]


async def test_asking_twice_is_asking_once_until_somebody_has_called(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        for minutes in (0, 1):
            await ask_call(unit, appointment.id, now=NOW + minutes * MINUTE)
        await mark_called(unit, appointment.id, by=Actor.ADVISER, now=NOW + 2 * MINUTE)
        await mark_called(unit, appointment.id, by=Actor.ADVISER, now=NOW + 3 * MINUTE)
        await ask_call(unit, appointment.id, now=NOW + 4 * MINUTE)
        asked_at = call_asked_at(await unit.facts.of(appointment.id))

    asked, called = FactKind.CALL_ASKED, FactKind.CALLED_BACK
    assert await kinds(world, appointment.id) == [asked, called, asked]
    assert asked_at == NOW + 4 * MINUTE


async def test_nobody_is_called_about_what_is_over(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        with pytest.raises(TooLate):
            await ask_call(unit, appointment.id, now=TEN + LENGTH + 10 * MINUTE)
        await ask_call(unit, appointment.id, now=TEN + LENGTH + 9 * MINUTE)


async def test_a_cancelled_appointment_asks_for_no_call(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        await unit.appointments.change(replace(appointment, status=Status.CANCELLED), now=NOW)
        with pytest.raises(WrongStatus):
            await ask_call(unit, appointment.id, now=NOW)


def test_a_call_about_the_appointment_is_no_meeting() -> None:
    called = (fact(FactKind.CALL_ASKED, -60), fact(FactKind.CALLED_BACK, -30, ADVISER))
    there = fact(FactKind.ADVISER_READY, 0, ADVISER)

    outcome = decide([booked(span=SPAN), *called, there], Rules(), until=at(120))

    assert outcome is Outcome.CUSTOMER_NO_SHOW

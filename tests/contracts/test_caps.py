"""One person has so many appointments ahead, whatever they write and however fast they press."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from booking.appointment import Customer
from booking.errors import TooManyBookings
from booking.reserve import Reserved, Wish, reserve
from booking.time_span import TimeSpan
from tests.contracts.world import AINO, KULLERVO, NOW, TEN, World

HOUR = timedelta(hours=1)
AT_ONCE = 8


def wish(world: World, number: int, customer: Customer) -> Wish:
    """Wish for a time of its own, with two advisers by turns, so that only the cap stands in the way."""
    adviser_id = (world.ilmari, world.louhi)[number % 2]
    start = TEN + number * HOUR
    return Wish(offering_id=world.talk, start=start, customer=customer, adviser_id=adviser_id)


def as_written(by: str, number: int) -> Customer:
    """Return Aino as she writes herself the next time: known by her address alone, or by her phone alone."""
    is_even = number % 2 == 0
    if by == "email":
        return replace(AINO, phone="", email="aino@example.fi" if is_even else "AINO@Example.fi")
    phone = "0401234567" if is_even else "+358 40 1234567"
    return replace(AINO, email=f"aino{number}@example.fi", phone=phone)


@pytest.mark.parametrize("by", ["email", "phone"])
async def test_of_many_at_once_only_as_many_pass_as_may(world: World, by: str) -> None:
    async def books(number: int) -> Reserved:
        work = partial(reserve, wish=wish(world, number, as_written(by, number)), now=NOW, most_ahead=1)
        return await world.units.do(work)

    told = await asyncio.gather(*(books(number) for number in range(AT_ONCE)), return_exceptions=True)

    assert Counter(type(one) for one in told) == {Reserved: 1, TooManyBookings: AT_ONCE - 1}
    async with world.units.read() as unit:
        assert len(await unit.appointments.within(TimeSpan(TEN, TEN + 9 * HOUR))) == 1


async def test_who_left_neither_address_nor_phone_is_counted_with_nobody(world: World) -> None:
    nobody = Customer(name="Nobody", email="")
    for number in range(2):
        work = partial(reserve, wish=wish(world, number, nobody), now=NOW, most_ahead=1)
        await world.units.do(work)

    async with world.units.write() as unit:
        assert list(await unit.appointments.all_ahead_of(nobody, now=NOW)) == []


async def test_only_live_ones_ahead_of_the_same_person_are_counted(world: World) -> None:
    ahead = await world.booked(TEN)
    await world.booked(NOW - 3 * HOUR)
    await world.booked(TEN + HOUR, customer=KULLERVO)
    asked = Customer(name="Somebody", email="other@example.fi", phone="040 123 45 67")

    async with world.units.write() as unit:
        found = await unit.appointments.all_ahead_of(asked, now=NOW)

    assert [one.id for one in found] == [ahead.id]

"""Keeping a slot while the form is filled in: for how long, for how many, and what booking makes of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from booking.errors import HoldOver, SlotTaken, TooManyBookings, TooManyHolds
from booking.find_slots import find_slots
from booking.hold import LEAVING, Hold, HoldCaps
from booking.hold_slot import HoldWish, give_back, hold_slot, leave, stay
from booking.reserve import Reserved, Wish, reserve
from booking.time_span import TimeSpan
from tests.contracts.world import AINO, KULLERVO, NOW, TEN, World

CAPS = HoldCaps(of_holder=1, of_address=2)
MINUTES = timedelta(minutes=10)


async def held(world: World, start: datetime = TEN, *, holder: bytes = b"aino", now: datetime = NOW) -> Hold:
    wish = HoldWish(
        offering_id=world.talk, start=start, adviser_id=world.ilmari, holder=holder, address=b"library"
    )
    async with world.units.write() as unit:
        return await hold_slot(unit, wish, now=now, caps=CAPS)


async def books(
    world: World, *, hold_id: UUID | None = None, now: datetime = NOW, **values: object
) -> Reserved:
    given: dict[str, object] = {"customer": AINO, "start": TEN}
    wish = Wish(
        offering_id=world.talk,
        adviser_id=world.ilmari,
        hold_id=hold_id,
        **(given | values),  # type: ignore[arg-type]  # of the right types above
    )
    async with world.units.write() as unit:
        return await reserve(unit, wish, now=now, most_ahead=2)


async def is_offered(world: World, *, now: datetime = NOW) -> bool:
    minute = TimeSpan(TEN, TEN + timedelta(minutes=1))
    async with world.units.read() as unit:
        offering = await unit.offerings.get(world.talk)
        slots = await find_slots(unit, offering, minute, now=now)
        return world.ilmari in {slot.adviser_id for slot in slots}


async def test_a_held_slot_is_offered_to_nobody_until_it_runs_out(world: World) -> None:
    one = await held(world)

    assert one.until == NOW + MINUTES
    assert not await is_offered(world, now=NOW + MINUTES - timedelta(seconds=1))
    with pytest.raises(SlotTaken):
        await books(world, customer=KULLERVO)
    assert await is_offered(world, now=NOW + MINUTES)


async def test_whoever_holds_a_slot_books_it_and_the_hold_is_used_up(world: World) -> None:
    one = await held(world)

    booked = await books(world, hold_id=one.id)

    assert booked.appointment.span == one.span
    async with world.units.write() as unit:
        with pytest.raises(HoldOver):
            await stay(unit, one.id, now=NOW)


async def test_an_appointment_is_no_hold_whose_time_counts_as_free(world: World) -> None:
    async with world.units.write() as unit:
        offering = await unit.offerings.get(world.talk)
        await unit.catalogue.change_offering(replace(offering, daily_cap=1))
    first = await books(world)

    with pytest.raises(SlotTaken):
        await books(world, start=TEN + timedelta(hours=2), hold_id=first.appointment.id)


async def test_a_hold_that_ran_out_still_books_while_nobody_else_has(world: World) -> None:
    one = await held(world)

    booked = await books(world, hold_id=one.id, now=NOW + 2 * MINUTES)

    assert booked.appointment.span == one.span


async def test_a_hold_that_ran_out_and_was_overtaken_books_nothing(world: World) -> None:
    one = await held(world)
    await held(world, holder=b"kullervo", now=NOW + MINUTES)

    with pytest.raises(SlotTaken) as refused:
        await books(world, hold_id=one.id, now=NOW + MINUTES)

    assert len(refused.value.alternatives) == 3


async def test_anothers_hold_does_not_help_to_a_slot_elsewhere(world: World) -> None:
    await books(world, customer=KULLERVO, start=TEN)
    elsewhere = await held(world, TEN + timedelta(hours=2))

    with pytest.raises(SlotTaken):
        await books(world, hold_id=elsewhere.id)


async def test_a_slot_that_is_given_back_is_free_at_once(world: World) -> None:
    one = await held(world)

    async with world.units.write() as unit:
        await give_back(unit, one.id)

    assert await is_offered(world)


async def test_a_left_page_keeps_its_slot_for_a_moment_and_a_reload_for_as_long_as_promised(
    world: World,
) -> None:
    one = await held(world)

    async with world.units.write() as unit:
        await leave(unit, one.id, now=NOW)
    assert not await is_offered(world, now=NOW + LEAVING - timedelta(seconds=1))
    assert await is_offered(world, now=NOW + LEAVING)
    async with world.units.write() as unit:
        await stay(unit, one.id, now=NOW + LEAVING - timedelta(seconds=1))

    assert not await is_offered(world, now=NOW + LEAVING)


async def test_a_page_that_comes_back_too_late_is_told_so(world: World) -> None:
    one = await held(world)

    async with world.units.write() as unit:
        await leave(unit, one.id, now=NOW)
        with pytest.raises(HoldOver):
            await stay(unit, one.id, now=NOW + LEAVING)
        with pytest.raises(HoldOver):
            await leave(unit, uuid4(), now=NOW)


async def test_one_browser_and_one_address_hold_so_many_slots_and_no_more(world: World) -> None:
    first = await held(world)

    with pytest.raises(TooManyHolds) as of_browser:
        await held(world, TEN + timedelta(hours=1))
    await held(world, TEN + timedelta(hours=1), holder=b"marjatta")
    with pytest.raises(TooManyHolds):
        await held(world, TEN + timedelta(hours=2), holder=b"kullervo")

    assert of_browser.value.until == first.until
    await held(world, TEN + timedelta(hours=2), holder=b"kullervo", now=NOW + MINUTES)


async def test_one_address_has_so_many_appointments_ahead_and_no_more(world: World) -> None:
    await books(world)
    await books(world, start=TEN + timedelta(hours=1))

    with pytest.raises(TooManyBookings) as refused:
        await books(world, start=TEN + timedelta(hours=2), customer=replace(AINO, name="Marjatta"))

    assert not refused.value.args  # whoever writes her address learns nothing of her time

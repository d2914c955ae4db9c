"""Setting up what can be booked changes the rules' version with the rules, and no appointment at all."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from booking.errors import NotFound
from booking.offering import Offering
from booking.set_up import change_offering, say_what_is_met, say_who_meets, shift_offering
from tests.contracts.world import NOW, World, furnished, offering
from tests.memory.units import MemoryUnits


@pytest.fixture
async def world() -> World:
    return await furnished(MemoryUnits())


def anything(_: Collection[UUID]) -> None:
    """Let every change pass."""


async def test_other_rules_get_the_next_version_and_nothing_else_does(world: World) -> None:
    def stricter(found: Offering) -> Offering:
        return replace(found, rules=replace(found.rules, grace=timedelta(minutes=3)))

    async with world.units.write() as unit:
        renamed = await change_offering(unit, world.talk, lambda found: replace(found, names={"fi": "Uusi"}))
        first = await change_offering(unit, world.talk, stricter)
        again = await change_offering(unit, world.talk, stricter)

    assert (renamed.rules.version, first.rules.version, again.rules.version) == (1, 2, 2)


async def test_closing_leaves_what_is_booked_as_it_is(world: World) -> None:
    booked = await world.booked()

    async with world.units.write() as unit:
        await change_offering(
            unit,
            world.talk,
            lambda found: replace(found, is_open=False, length=timedelta(minutes=5), zone="Europe/Oslo"),
        )

    async with world.units.read() as unit:
        assert await unit.appointments.get(booked.id) == booked


async def test_who_is_left_out_meets_no_more_customers_and_keeps_those_booked(world: World) -> None:
    booked = await world.booked()

    async with world.units.write() as unit:
        await say_who_meets(unit, world.talk, [world.louhi, uuid4()], anything)

    async with world.units.read() as unit:
        assert [one.id for one in await unit.advisers.of_offering(world.talk)] == [world.louhi]
        assert await unit.appointments.get(booked.id) == booked
        assert await unit.catalogue.ahead(NOW, adviser_id=world.ilmari) == 1


async def test_an_adviser_meets_what_is_told_and_nothing_that_there_is_not(world: World) -> None:
    second = offering(uuid4())
    async with world.units.write() as unit:
        await unit.catalogue.add_offering(second)

    async with world.units.write() as unit:
        await say_what_is_met(unit, world.ilmari, [second.id, uuid4()], anything)

    async with world.units.read() as unit:
        assert list(await unit.hours.offered_by(world.ilmari)) == [second.id]


@pytest.mark.parametrize(("by", "order"), [(-1, "bac"), (1, "acb"), (-9, "bac"), (9, "acb")])
async def test_an_offering_moves_among_the_others_and_stays_at_the_ends(
    world: World, by: int, order: str
) -> None:
    second, third = offering(uuid4()), offering(uuid4())
    names = {world.talk: "a", second.id: "b", third.id: "c"}
    async with world.units.write() as unit:
        await unit.catalogue.add_offering(second)
        await unit.catalogue.add_offering(third)

    async with world.units.write() as unit:
        await shift_offering(unit, second.id, by)

    async with world.units.read() as unit:
        assert "".join(names[one.id] for one in await unit.offerings.all()) == order


async def test_what_is_not_there_is_not_found(world: World) -> None:
    async with world.units.write() as unit:
        with pytest.raises(NotFound):
            await change_offering(unit, uuid4(), lambda found: found)
        with pytest.raises(NotFound):
            await shift_offering(unit, uuid4(), 1)

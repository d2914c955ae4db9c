"""The log of set-up keeps what it is given, in order, and forgets it after two years."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from booking.change import Change, ChangedField, Deed, Thing
from server.database.leftovers import CHANGES_KEPT
from tests.contracts.world import NOW, World


def change(world: World, thing_id: UUID | None, thing: Thing = Thing.OFFERING) -> Change:
    fields = (
        ChangedField("names.fi", "Laina", 'Lainä "2"'),
        ChangedField("terms"),
        ChangedField("x", "", "1"),
    )
    return Change(at=NOW, by=world.ilmari, thing=thing, thing_id=thing_id, deed=Deed.CHANGED, fields=fields)


async def test_a_change_comes_back_as_it_was_and_the_newest_first(world: World) -> None:
    first = change(world, world.talk)
    second = replace(first, at=NOW + timedelta(hours=1), thing=Thing.CLOSED_DAYS, thing_id=None, fields=())
    async with world.units.write() as unit:
        await unit.changes.add(first)
        await unit.changes.add(second)

    async with world.units.read() as unit:
        found = await unit.changes.newest(limit=10)

    assert [one.change for one in found] == [second, first]
    assert found[0].number > found[1].number


async def test_changes_are_chosen_by_kind_by_thing_and_by_page(world: World) -> None:
    other = uuid4()
    async with world.units.write() as unit:
        for thing_id in (world.talk, other, world.talk):
            await unit.changes.add(change(world, thing_id))
        await unit.changes.add(change(world, world.ilmari, Thing.PERSON))

    async with world.units.read() as unit:
        newest = unit.changes.newest
        of_people = await newest(thing=Thing.PERSON, limit=10)
        of_talk = await newest(thing_id=world.talk, limit=10)
        one = await newest(limit=1)
        rest = await newest(before=one[0].number, limit=10)

    assert [found.change.thing_id for found in of_people] == [world.ilmari]
    assert [found.change.thing_id for found in of_talk] == [world.talk, world.talk]
    assert [found.change.thing_id for found in [*one, *rest]] == [
        world.ilmari, world.talk, other, world.talk,
    ]  # fmt: skip


async def test_a_unit_that_fails_leaves_no_line(world: World) -> None:
    try:
        async with world.units.write() as unit:
            await unit.changes.add(change(world, world.talk))
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass

    async with world.units.read() as unit:
        assert list(await unit.changes.newest(limit=10)) == []


async def test_a_change_is_forgotten_after_two_years(world: World) -> None:
    old, young = change(world, world.talk), change(world, world.ilmari)
    async with world.units.write() as unit:
        await unit.changes.add(old)
        await unit.changes.add(replace(young, at=NOW + timedelta(days=1)))

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=NOW + CHANGES_KEPT)

    async with world.units.read() as unit:
        assert [one.change.thing_id for one in await unit.changes.newest(limit=10)] == [world.ilmari]

"""What the organisation set up comes back as it was told."""

from datetime import timedelta
from uuid import uuid4

import pytest

from booking.errors import NotFound
from booking.letter import LetterKind
from booking.reminder import ReminderPlan
from booking.rules import Rules
from booking.time_span import TimeSpan
from identity import errors as identity_errors
from identity.permission import Role
from tests.contracts.world import NOW, TEN, AnyUnits, World, member, offering


async def test_nothing_is_set_up_at_first(units: AnyUnits) -> None:
    async with units.read() as unit:
        assert await unit.catalogue.is_empty()
        assert list(await unit.offerings.all()) == []


async def test_an_offering_comes_back_as_it_was_kept(world: World) -> None:
    told = offering(
        uuid4(),
        names={"sv": "Möte", "fi": "Tapaaminen"},
        length=timedelta(minutes=20),
        assurance="substantial",
        languages=("sv", "fi"),
        notice=timedelta(minutes=90),
        horizon=timedelta(days=7),
        rules=Rules(
            grace=timedelta(minutes=3),
            late_limit=timedelta(hours=2),
            door_opens=timedelta(minutes=30),
            version=4,
        ),
        letters=ReminderPlan(((LetterKind.ONE_DAY, timedelta(hours=23)),)),
    )

    async with world.units.write() as unit:
        await unit.catalogue.add_offering(told)

    async with world.units.read() as unit:
        kept = await unit.offerings.get(told.id)
        assert kept == told
        assert kept.name("en") == "Möte"  # the first language stands in
        assert [one.id for one in await unit.offerings.all()] == [world.talk, told.id]
        assert not await unit.catalogue.is_empty()


async def test_advisers_are_the_active_ones_who_meet_customers_by_name(world: World) -> None:
    async with world.units.write() as unit:
        await unit.staff.add(member(uuid4(), "admin", world.bank, Role.ADMIN))

    async with world.units.read() as unit:
        everybody = await unit.advisers.all()
        of_talk = await unit.advisers.of_offering(world.talk)
        of_nothing = await unit.advisers.of_offering(uuid4())
        openings = await unit.advisers.openings(world.talk, TimeSpan(NOW, TEN))
        louhi = await unit.advisers.get(world.louhi)

    assert [one.name for one in everybody] == ["Ilmari", "Louhi"]
    assert (list(of_talk), list(of_nothing)) == (list(everybody), [])
    assert (louhi.team_id, len(openings.weekly)) == (world.health, 14)


async def test_staff_are_found_by_id_and_by_login(world: World) -> None:
    async with world.units.read() as unit:
        credentials = await unit.staff.by_login("ilmari")
        assert credentials is not None
        assert await unit.staff.get(world.ilmari) == credentials.member
        assert credentials == member(world.ilmari, "ilmari", world.bank)
        assert await unit.staff.by_login("kullervo") is None


async def test_who_is_not_there_is_not_found(world: World) -> None:
    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.offerings.get(uuid4())
        with pytest.raises(NotFound):
            await unit.advisers.get(uuid4())
        with pytest.raises(identity_errors.NotFound):
            await unit.staff.get(uuid4())


async def test_the_ids_of_who_meets_customers_are_those_of_the_advisers(world: World) -> None:
    async with world.units.read() as unit:
        whole = await unit.advisers.of_offering(world.talk)

        assert list(await unit.advisers.ids_of_offering(world.talk)) == [one.id for one in whole]
        assert await unit.advisers.ids_of_offering(uuid4()) == []
    assert len(whole) > 1

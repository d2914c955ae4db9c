"""What admins change comes back changed, and nothing else does."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from booking.errors import NotFound
from booking.offering import Advice
from booking.question import Question, QuestionKind
from booking.refill import RefillMode, RefillRules
from booking.team import Team
from booking.time_span import TimeSpan
from identity import errors as identity_errors
from identity.permission import Role
from tests.contracts.world import LENGTH, NOW, TEN, World, member, offering


async def test_a_changed_offering_comes_back_changed_and_in_its_place(world: World) -> None:
    second = offering(uuid4())
    async with world.units.write() as unit:
        await unit.catalogue.add_offering(second)
        old = await unit.catalogue.locked_offering(world.talk)
    wanted = replace(
        old,
        names={"sv": "Samtal"},
        is_open=False,
        daily_cap=3,
        refill=RefillRules(mode=RefillMode.TO_ALL, answer_within=timedelta(minutes=20)),
        questions=(
            Question(
                key="q", kind=QuestionKind.CHOICE, labels={"en": "?"}, choices=({"en": "a"}, {"en": "b"})
            ),
        ),
        advice=(Advice({"fi": "Itse"}, {"fi": "Näin."}, "https://example.com/"),),
    )

    async with world.units.write() as unit:
        await unit.catalogue.change_offering(wanted)

    async with world.units.read() as unit:
        assert list(await unit.offerings.all()) == [wanted, second]


async def test_offerings_stand_in_the_order_that_was_told(world: World) -> None:
    second, third = offering(uuid4()), offering(uuid4())
    async with world.units.write() as unit:
        await unit.catalogue.add_offering(second)
        await unit.catalogue.add_offering(third)

    async with world.units.write() as unit:
        await unit.catalogue.order([third.id, world.talk, second.id])

    async with world.units.read() as unit:
        assert [one.id for one in await unit.offerings.all()] == [third.id, world.talk, second.id]


async def test_an_adviser_is_linked_once_and_unlinked(world: World) -> None:
    async with world.units.write() as unit:
        await unit.catalogue.link(world.ilmari, world.talk)
        await unit.catalogue.unlink(world.louhi, world.talk)

    async with world.units.read() as unit:
        assert [one.id for one in await unit.advisers.of_offering(world.talk)] == [world.ilmari]
        assert list(await unit.hours.offered_by(world.ilmari)) == [world.talk]
        assert list(await unit.hours.offered_by(world.louhi)) == []


async def test_an_adviser_is_introduced_by_texts_and_a_picture(world: World) -> None:
    first, second = uuid4(), uuid4()
    async with world.units.write() as unit:
        await unit.catalogue.introduce(world.ilmari, {"sv": "Hej", "fi": "Hei"})
        assert await unit.catalogue.picture(world.ilmari, first) is None
        assert await unit.catalogue.picture(world.ilmari, second) == first

    async with world.units.read() as unit:
        ilmari = await unit.advisers.get(world.ilmari)
        assert (list(ilmari.texts.items()), ilmari.photo_id) == ([("sv", "Hej"), ("fi", "Hei")], second)
        assert (await unit.advisers.get(world.louhi)).photo_id is None


async def test_only_live_appointments_that_have_not_ended_are_ahead(world: World) -> None:
    other = uuid4()
    await world.booked()
    over = await world.booked(TEN + 2 * LENGTH)

    async with world.units.read() as unit:
        ahead = unit.catalogue.ahead
        assert await ahead(NOW) == 2
        assert await ahead(NOW, offering_id=world.talk, adviser_id=world.ilmari) == 2
        assert await ahead(NOW, adviser_id=world.louhi) == 0
        assert await ahead(NOW, offering_id=other) == 0
        assert await ahead(TEN + LENGTH) == 1
        assert await ahead(over.span.end) == 0


async def test_teams_are_listed_by_name_and_renamed(world: World) -> None:
    async with world.units.write() as unit:
        assert await unit.catalogue.rename_team(world.bank, "Zeta", was="Bank")
        assert not await unit.catalogue.rename_team(world.bank, "Alpha", was="Bank")
        assert not await unit.catalogue.rename_team(uuid4(), "Alpha", was="Bank")

    async with world.units.read() as unit:
        assert list(await unit.catalogue.teams()) == [Team(world.health, "Health"), Team(world.bank, "Zeta")]


async def test_what_is_not_there_cannot_be_changed(world: World) -> None:
    async with world.units.write() as unit:
        with pytest.raises(NotFound):
            await unit.catalogue.locked_offering(uuid4())
        with pytest.raises(identity_errors.NotFound):
            await unit.staff.locked({world.ilmari, uuid4()})


async def test_a_login_belongs_to_one(world: World) -> None:
    async with world.units.write() as unit:
        with pytest.raises(identity_errors.LoginTaken):
            await unit.staff.add(member(uuid4(), "ilmari", world.bank))

    async with world.units.read() as unit:
        assert [one.login for one in await unit.staff.all()] == ["ilmari", "louhi"]


async def test_a_member_changes_but_for_the_login_and_the_password(world: World) -> None:
    async with world.units.write() as unit:
        ilmari = (await unit.staff.locked({world.ilmari, world.louhi}))[world.ilmari]
        wanted = replace(
            ilmari,
            login="other",
            name="Ilmarinen",
            role=Role.ADMIN,
            team_id=world.health,
            languages=("sv",),
            is_active=False,
        )
        await unit.staff.change(wanted)

    async with world.units.read() as unit:
        kept = await unit.staff.by_login("ilmari")
        assert kept is not None
        assert kept.member == replace(wanted, login="ilmari")
        assert kept.password_hash == "no hash at all"
        assert await unit.advisers.of_offering(world.talk) == [await unit.advisers.get(world.louhi)]
        openings = await unit.advisers.openings(world.talk, TimeSpan(NOW, TEN))
        assert openings.adviser_ids == {world.louhi}


async def test_a_password_changes_alone(world: World) -> None:
    async with world.units.write() as unit:
        await unit.staff.change_password(world.ilmari, "another")

    async with world.units.read() as unit:
        kept = await unit.staff.by_login("ilmari")
        assert kept is not None
        assert (kept.password_hash, kept.member) == (
            "another",
            member(world.ilmari, "ilmari", world.bank).member,
        )

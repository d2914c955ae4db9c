"""A calendar address opens one member's calendar, until it is replaced, revoked, or its member leaves."""

from dataclasses import replace
from uuid import uuid4

import pytest

from identity.calendar_feed import make_feed, whose_feed
from identity.errors import NotFound
from identity.staff import Credentials
from tests.contracts.world import NOW, World, member


async def test_a_token_has_128_bits_and_opens_its_own_calendar(world: World) -> None:
    async with world.units.write() as unit:
        token = await make_feed(unit, world.ilmari, now=NOW)

    async with world.units.read() as unit:
        assert (await whose_feed(unit, token)).id == world.ilmari
        assert await unit.calendar_feeds.made_at(world.ilmari) == NOW
        assert await unit.calendar_feeds.made_at(world.louhi) is None
    assert len(token) == 22


async def test_a_new_one_replaces_the_old_and_no_colleagues(world: World) -> None:
    async with world.units.write() as unit:
        old = await make_feed(unit, world.ilmari, now=NOW)
        others = await make_feed(unit, world.louhi, now=NOW)
        new = await make_feed(unit, world.ilmari, now=NOW)

    async with world.units.read() as unit:
        assert (await whose_feed(unit, new)).id == world.ilmari
        assert (await whose_feed(unit, others)).id == world.louhi
        with pytest.raises(NotFound):
            await whose_feed(unit, old)


async def test_a_revoked_one_opens_nothing_and_revoking_twice_is_no_error(world: World) -> None:
    async with world.units.write() as unit:
        token = await make_feed(unit, world.ilmari, now=NOW)
        await unit.calendar_feeds.remove(world.ilmari)
        await unit.calendar_feeds.remove(world.ilmari)

        with pytest.raises(NotFound):
            await whose_feed(unit, token)


async def test_the_calendar_of_who_has_left_is_closed(world: World) -> None:
    active = member(uuid4(), "lemminkainen", world.bank)
    left = replace(active.member, is_active=False)
    async with world.units.write() as unit:
        await unit.staff.add(Credentials(left, active.password_hash))
        token = await make_feed(unit, left.id, now=NOW)

        with pytest.raises(NotFound):
            await whose_feed(unit, token)


@pytest.mark.parametrize("token", ["", "A" * 22, "\ud800\x00", "x" * 10_000])
async def test_another_token_opens_nothing(world: World, token: str) -> None:
    async with world.units.write() as unit:
        await make_feed(unit, world.ilmari, now=NOW)

        with pytest.raises(NotFound):
            await whose_feed(unit, token)

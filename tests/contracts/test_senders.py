"""Of those that would send by a channel one does; another takes over when it falls silent."""

import asyncio
from datetime import datetime, timedelta

from booking.letter import Channel
from server.database.senders import LEASE
from tests.contracts.world import NOW, World

SECOND = timedelta(seconds=1)


async def hold(world: World, holder: str, now: datetime, channel: Channel = Channel.MAIL) -> bool:
    async with world.units.write() as unit:
        return await unit.senders.hold(channel, holder, now=now)


async def test_who_comes_second_waits_and_each_channel_has_its_own(world: World) -> None:
    assert await hold(world, "first", NOW)

    assert not await hold(world, "second", NOW)
    assert await hold(world, "second", NOW, Channel.SMS)
    assert await hold(world, "first", NOW)


async def test_of_many_at_once_one_gets_it(world: World) -> None:
    held = await asyncio.gather(*(hold(world, f"worker {number}", NOW) for number in range(8)))

    assert sorted(held) == [False] * 7 + [True]


async def test_who_renews_keeps_it_and_who_falls_silent_loses_it(world: World) -> None:
    await hold(world, "first", NOW)
    await hold(world, "first", NOW + LEASE / 2)

    assert not await hold(world, "second", NOW + LEASE)
    assert await hold(world, "second", NOW + LEASE * 1.5)
    assert not await hold(world, "first", NOW + LEASE * 1.5)


async def test_who_leaves_need_not_be_waited_for(world: World) -> None:
    await hold(world, "first", NOW)
    async with world.units.write() as unit:
        await unit.senders.leave(Channel.MAIL, "another")
    assert not await hold(world, "second", NOW + SECOND)

    async with world.units.write() as unit:
        await unit.senders.leave(Channel.MAIL, "first")

    assert await hold(world, "second", NOW + SECOND)


async def test_a_clock_that_was_turned_back_locks_nobody_out(world: World) -> None:
    await hold(world, "first", NOW + timedelta(days=30))

    assert await hold(world, "second", NOW)

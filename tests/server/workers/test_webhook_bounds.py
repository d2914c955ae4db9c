"""What holds for a subscriber holds however many processes tell it: lanes, tries, and its wish for rest."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from email.utils import format_datetime
from uuid import uuid4

import pytest
from aiohttp import web

from booking.fact import FactKind
from booking.notice import About, Fault, Notice, Notified
from booking.subscriber import State
from server.webhooks.post import open_poster
from server.webhooks.settle import BACK_OFF, MOST_TRIES
from server.webhooks.tell import Teller
from server.workers.webhooks import LANES
from tests.contracts.world import World
from tests.instances.receiver import Receiver
from tests.server.notify.ainos import SITE
from tests.server.workers.test_webhooks import (
    RULES,
    Time,
    books,
    kept,
    log,
    receiver,
    subscribed,
    time,
    turn,
    worker,
)

__all__ = ("receiver", "time")
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("asked", "wait"),
    [("600", 10 * MINUTE), ("1", BACK_OFF[0]), ("99999999", DAY), ("soon", BACK_OFF[0])],
)
async def test_who_says_when_to_come_again_is_heard_within_bounds(
    world: World, time: Time, receiver: Receiver, status: int, asked: str, wait: timedelta
) -> None:
    await subscribed(world, time, receiver.origin)
    await books(world, time)
    receiver.answers = [web.Response(status=status, headers={"Retry-After": asked})]

    async with worker(world, time) as webhooks:
        await turn(webhooks)
        time.now += wait - SECOND
        await turn(webhooks)
        too_early = len(receiver.calls)
        time.now += SECOND
        await turn(webhooks)

    assert (too_early, len(receiver.calls)) == (1, 2)


async def test_who_asked_us_to_wait_until_a_moment_hears_of_nothing_else_before_it(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    until = time.now + 10 * MINUTE
    when = format_datetime(until, usegmt=True)
    receiver.answers = [web.Response(status=503, headers={"Retry-After": when})]
    await books(world, time)

    async with worker(world, time) as webhooks:
        await turn(webhooks)
        time.now += MINUTE
        await books(world, time, hour=2)
        await turn(webhooks)
        before = len(receiver.calls)
        time.now = until
        await turn(webhooks)

    assert (before, len(receiver.calls), (await kept(world, one)).waits_until) == (1, 3, until)


async def test_processes_share_the_lanes_of_each_subscriber(
    world: World, time: Time, receiver: Receiver
) -> None:
    all_of_them = [(await subscribed(world, time, receiver.origin, str(number)))[0] for number in range(6)]
    for hour in range(LANES * 2):
        await books(world, time, hour)
    receiver.holds.clear()

    async with AsyncExitStack() as stack:
        workers = [await stack.enter_async_context(worker(world, time)) for _ in range(4)]
        await asyncio.gather(*(each.step() for each in workers))
        async with world.units.read() as unit:
            held = [await unit.notices.under_way(one.id, time.now) for one in all_of_them]
        receiver.holds.set()
        while len(receiver.calls) < LANES * 2 * len(all_of_them):
            await asyncio.gather(*(each.step() for each in workers))

    assert held == [LANES] * len(all_of_them)
    assert len({call.id for call in receiver.calls}) == LANES * 2 * len(all_of_them)


async def test_two_processes_try_a_notice_as_often_as_one_would(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    await books(world, time)
    receiver.answers = [web.Response(status=500) for _ in range(MOST_TRIES * 2)]

    async with worker(world, time) as first, worker(world, time) as second:
        for wait in (timedelta(0), *BACK_OFF, DAY, DAY):
            time.now += wait
            await asyncio.gather(turn(first), turn(second))

    [line] = await log(world, one)
    assert (len(receiver.calls), len(line.attempts)) == (MOST_TRIES, MOST_TRIES)
    assert (line.notice.state, (await kept(world, one)).state) == (Notified.FAILED, State.STOPPED)


async def test_a_notice_whose_subscriber_is_removed_under_way_ends_without_a_call(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    await books(world, time)
    async with world.units.write() as unit:
        [held] = await unit.notices.claim(one.id, time.now, time.now + MINUTE, LANES)
        await unit.subscribers.remove(one.id)

    async with open_poster(RULES) as poster:
        await Teller(world.units, time, poster, SITE).tell(held)  # type: ignore[arg-type]  # on databases here

    assert (receiver.calls, await log(world, one)) == ([], [])


async def test_a_notice_of_what_is_gone_is_given_up_at_once_and_says_why(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    appointment = await world.booked()
    about = About(
        appointment_id=appointment.id,
        offering_id=appointment.offering_id,
        adviser_id=appointment.adviser_id,
        seq=1,
        kind=FactKind.BOOKED,
    )
    async with world.units.write() as unit:
        await unit.notices.add(
            Notice(id=uuid4(), subscriber_id=one.id, about=about, at=time.now, next_at=time.now)
        )

    async with worker(world, time) as webhooks:
        await turn(webhooks)

    [line] = await log(world, one)
    assert (line.notice.state, [each.fault for each in line.attempts]) == (Notified.FAILED, [Fault.GONE])
    assert receiver.calls == []

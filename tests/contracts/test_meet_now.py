"""Meeting without a time: who is at their desk, who is free at once, and one place for one person."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from booking.appointment import Appointment, Customer
from booking.ask_call import ask_call, mark_called
from booking.at_desk import GONE_AFTER, LONGEST_WAIT
from booking.attend import come_in, record
from booking.close import close
from booking.drop_in import is_at_once, soonest
from booking.errors import InQueueAlready, NobodyFree
from booking.fact import Actor, FactKind
from booking.leave_queue import leave_queue
from booking.move import move
from booking.outcome import Outcome
from booking.queue_figures import Queued
from booking.reserve import Queue, Wish, reserve
from booking.set_up import change_offering
from booking.slot import Slot
from booking.source import DROP_IN
from booking.time_span import TimeSpan
from booking.waiting_room import WaitingCustomer
from tests.contracts.world import AINO, KULLERVO, LENGTH, NOW, World

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
LATER = NOW + 7 * MINUTE
"""No multiple of five minutes: 06:07."""


async def takes(world: World, *advisers: UUID, at: datetime = NOW) -> None:
    """Let the offering be met without a time, and advisers say that they take people."""
    async with world.units.write() as unit:
        await change_offering(unit, world.talk, lambda one: replace(one, drop_in=True))
        for adviser_id in advisers or (world.ilmari,):
            await unit.at_desk.take(adviser_id, is_on=True, now=at)


async def found(world: World, *, at: datetime = NOW) -> Slot | None:
    async with world.units.read() as unit:
        return await soonest(unit, await unit.offerings.get(world.talk), now=at)


def wish(world: World, customer: Customer = AINO, *, at: datetime = NOW, queue: Queue = Queue.NOW) -> Wish:
    return Wish(offering_id=world.talk, start=at, customer=customer, queue=queue, source="leaflet")


async def comes(world: World, customer: Customer = AINO, *, at: datetime = NOW) -> Appointment:
    reserved = await world.units.do(lambda unit: reserve(unit, wish(world, customer, at=at), now=at))
    return reserved.appointment


async def taking(world: World, at: datetime) -> frozenset[UUID]:
    async with world.units.read() as unit:
        return await unit.at_desk.taking([world.ilmari, world.louhi], now=at)


async def beat(world: World, at: datetime) -> None:
    await world.units.do(lambda unit: unit.at_desk.beat(world.ilmari, now=at))


async def test_an_open_desk_takes_nobody_until_its_adviser_says_so(world: World) -> None:
    await beat(world, NOW)
    before = await taking(world, NOW)

    await world.units.do(lambda unit: unit.at_desk.take(world.ilmari, is_on=True, now=NOW))
    during = await taking(world, NOW)
    await world.units.do(lambda unit: unit.at_desk.take(world.ilmari, is_on=False, now=NOW))

    assert [*map(set, (before, during, await taking(world, NOW)))] == [set(), {world.ilmari}, set()]


async def test_a_desk_that_closed_takes_nobody_and_comes_back_switched_off(world: World) -> None:
    await takes(world)
    await beat(world, NOW + GONE_AFTER - SECOND)
    kept = await taking(world, NOW + GONE_AFTER)
    gone_at = NOW + 2 * GONE_AFTER - SECOND

    gone = await taking(world, gone_at)
    await beat(world, gone_at)

    assert [*map(set, (kept, gone, await taking(world, gone_at)))] == [{world.ilmari}, set(), set()]


async def test_whoever_is_free_is_met_in_the_five_minutes_that_run(world: World) -> None:
    await takes(world, at=LATER)

    slot = await found(world, at=LATER)

    assert slot == Slot(TimeSpan(NOW + 5 * MINUTE, NOW + 5 * MINUTE + LENGTH), world.ilmari)
    assert is_at_once(slot, LATER)


async def test_nobody_is_found_where_the_queue_is_off_or_nobody_is_there(world: World) -> None:
    await takes(world)
    there = await found(world)
    async with world.units.write() as unit:
        await change_offering(unit, world.talk, lambda one: replace(one, drop_in=False))
    off = await found(world)
    await takes(world)

    assert there is not None
    assert (off, await found(world, at=NOW + GONE_AFTER)) == (None, None)


async def test_an_appointment_that_comes_soon_leaves_the_next_free_time_within_the_hour(world: World) -> None:
    await takes(world)
    await world.booked(NOW + 10 * MINUTE)

    slot = await found(world)

    assert slot is not None
    assert (slot.span.start, is_at_once(slot, NOW)) == (NOW + 10 * MINUTE + LENGTH, False)


async def test_nobody_is_asked_to_wait_longer_than_an_hour(world: World) -> None:
    await takes(world)
    await world.booked(NOW)
    await world.booked(NOW + LENGTH, customer=KULLERVO)

    assert LENGTH + LENGTH > LONGEST_WAIT
    assert await found(world) is None


async def test_a_colleague_who_is_free_comes_before_who_is_taken(world: World) -> None:
    await takes(world, world.ilmari, world.louhi)
    await world.booked(NOW)

    slot = await found(world)

    assert slot is not None
    assert slot.adviser_id == world.louhi


async def test_an_adviser_who_has_taken_somebody_elses_customer_is_not_free(world: World) -> None:
    await takes(world)
    of_louhi = world.appointment(NOW, adviser_id=world.louhi)
    async with world.units.write() as unit:
        await unit.appointments.add(of_louhi, now=NOW)
        await unit.waiting.keep(WaitingCustomer(appointment_id=of_louhi.id, came_at=NOW, beat_at=NOW))
        await unit.waiting.claim(of_louhi.id, world.ilmari, now=NOW)

    slot = await found(world)

    assert slot is not None
    assert slot.span.start == of_louhi.span.end


async def test_an_adviser_whose_meeting_goes_on_elsewhere_is_not_free(world: World) -> None:
    await takes(world)
    overrun = await world.booked(NOW - LENGTH)
    async with world.units.write() as unit:
        for kind, by in ((FactKind.ADVISER_READY, Actor.ADVISER), (FactKind.ADMITTED, Actor.ADVISER)):
            await record(unit, overrun.id, kind, by=by, detail={}, now=NOW - 30 * MINUTE)

    slot = await found(world)

    assert slot is not None
    assert not is_at_once(slot, NOW)


async def test_who_comes_has_an_appointment_like_any_that_is_of_the_queue(world: World) -> None:
    await takes(world)

    one = await comes(world)

    async with world.units.read() as unit:
        kept, facts = await unit.appointments.get(one.id), await unit.facts.of(one.id)
        letters = await unit.outbox.on_their_way(NOW + MINUTE)
    assert (kept.source, kept.span.start, kept.adviser_id) == (DROP_IN, NOW, world.ilmari)
    assert (facts[0].kind, facts[0].detail["drop_in"]) == (FactKind.BOOKED, True)
    assert [letter.kind for _, letter in letters] == ["booked"]


async def test_one_person_has_one_place_in_the_queue(world: World) -> None:
    await takes(world, world.ilmari, world.louhi)
    await comes(world)

    with pytest.raises(InQueueAlready):
        await comes(world, replace(AINO, name="Aino V"))


async def test_of_two_who_come_at_once_to_one_adviser_the_second_stands_after_the_first(world: World) -> None:
    await takes(world)

    one, other = await asyncio.gather(comes(world), comes(world, KULLERVO))

    assert sorted((one.span.start, other.span.start)) == [NOW, NOW + LENGTH]


async def test_where_nobody_is_free_nobody_is_taken(world: World) -> None:
    await takes(world, at=NOW - GONE_AFTER)

    with pytest.raises(NobodyFree):
        await comes(world)


async def test_who_goes_away_gives_the_time_back_and_is_no_no_show(world: World) -> None:
    await takes(world)
    one = await comes(world)
    later = NOW + 15 * MINUTE
    async with world.units.write() as unit:
        await come_in(unit, one.id, now=NOW + SECOND)
        await leave_queue(unit, one.id, now=NOW + MINUTE)
    async with world.units.write() as unit:
        await leave_queue(unit, one.id, now=later)
        assert await unit.appointments.to_close(later) == [one.id]
        closed = await close(unit, one.id, now=later)
        await unit.at_desk.take(world.ilmari, is_on=True, now=later)

    slot = await found(world, at=later)

    assert closed.outcome is Outcome.CANCELLED_BY_CUSTOMER
    assert slot is not None
    assert is_at_once(slot, later)


async def test_who_asks_to_be_called_is_written_no_letter_and_the_call_is_the_meeting(world: World) -> None:
    start = NOW + timedelta(hours=3)
    called = NOW + MINUTE
    async with world.units.write() as unit:
        one = (await reserve(unit, wish(world, at=start, queue=Queue.CALL), now=NOW)).appointment
        await ask_call(unit, one.id, now=NOW)
        await leave_queue(unit, one.id, now=NOW)
    async with world.units.write() as unit:
        waiting = [each.id for each in await unit.appointments.waiting_for_call(NOW)]
        await mark_called(unit, one.id, by=Actor.ADVISER, now=called)
        await leave_queue(unit, one.id, now=called)
        closed = await close(unit, one.id, now=called)
        letters = await unit.outbox.on_their_way(start)
        reminders = await unit.reminders.ahead(start)

    assert (waiting, closed.outcome) == ([one.id], Outcome.MET_BY_PHONE)
    assert (list(letters), list(reminders)) == ([], [])


async def test_who_takes_a_time_from_the_queue_has_booked_it(world: World) -> None:
    await takes(world)
    await world.booked(NOW + 10 * MINUTE, customer=KULLERVO)
    one = await comes(world)
    start = NOW + timedelta(hours=5)

    moved = await world.units.do(lambda unit: move(unit, one.id, start, by=Actor.CUSTOMER, now=NOW))

    assert moved.source == ""


async def test_the_figures_know_when_they_were_ready_and_let_in(world: World) -> None:
    await takes(world)
    await world.booked(NOW + timedelta(hours=2), customer=KULLERVO)
    one = await comes(world)
    ready, admitted = NOW + MINUTE, NOW + 3 * MINUTE
    async with world.units.write() as unit:
        for kind, by, at in (
            (FactKind.READY, Actor.CUSTOMER, ready),
            (FactKind.ADVISER_READY, Actor.ADVISER, admitted),
            (FactKind.ADMITTED, Actor.ADVISER, admitted),
            (FactKind.READY, Actor.CUSTOMER, admitted + MINUTE),
        ):
            await record(unit, one.id, kind, by=by, detail={}, now=at)

    async with world.units.read() as unit:
        lines = await unit.attendance.queued(TimeSpan(NOW, NOW + timedelta(days=1)))

    assert list(lines) == [Queued(None, ready, admitted)]

"""However many book, move and cancel at once, no adviser is booked twice."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from booking.appointment import Appointment
from booking.cancel import cancel
from booking.errors import Refusal, SlotTaken
from booking.fact import Actor
from booking.move import move
from booking.reassign import reassign
from booking.reserve import Reserved, Wish, reserve
from booking.time_span import TimeSpan
from server.database.engine import open_engines
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from tests.contracts.databases import SEALER
from tests.contracts.world import AINO, LENGTH, NOW, TEN, World, furnished

AT_ONCE = 64
DAY = TimeSpan(TEN - timedelta(hours=10), TEN + timedelta(hours=14))


def wish(world: World, start: datetime, adviser_id: UUID | None) -> Wish:
    """Return the wish of somebody else each time: one person cannot be in two places."""
    somebody = replace(AINO, email=f"{uuid4()}@example.fi")
    return Wish(offering_id=world.talk, start=start, customer=somebody, adviser_id=adviser_id)


async def tried(units: SqlUnits, work: Callable[[SqlUnit], Awaitable[object]]) -> str:
    try:
        await units.do(work)
    except Refusal as refusal:
        return type(refusal).__name__
    return "done"


async def live(units: SqlUnits) -> list[Appointment]:
    async with units.read() as unit:
        return [one for one in await unit.appointments.within(DAY) if one.is_live]


def overlaps(appointments: list[Appointment], adviser_id: UUID) -> int:
    spans = sorted(one.span for one in appointments if one.adviser_id == adviser_id)
    return sum(before.overlaps(after) for before, after in pairwise(spans))


async def test_of_many_at_once_for_one_slot_one_wins(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)

    answers = await asyncio.gather(
        *(
            tried(sql_units, lambda unit: reserve(unit, wish(world, TEN, world.ilmari), now=NOW))
            for _ in range(AT_ONCE)
        )
    )

    assert Counter(answers) == {"done": 1, "SlotTaken": AT_ONCE - 1}
    assert len(await live(sql_units)) == 1


async def test_of_many_at_once_for_anybody_each_adviser_gets_one(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)

    answers = await asyncio.gather(
        *(
            tried(sql_units, lambda unit: reserve(unit, wish(world, TEN, None), now=NOW))
            for _ in range(AT_ONCE)
        )
    )

    assert Counter(answers) == {"done": 2, "SlotTaken": AT_ONCE - 2}
    assert {one.adviser_id for one in await live(sql_units)} == {world.ilmari, world.louhi}


async def test_servers_that_share_a_database_book_a_slot_once(database_url: str) -> None:
    servers = [SqlUnits(open_engines(database_url), SEALER) for _ in range(4)]
    world = await furnished(servers[0])

    answers = await asyncio.gather(
        *(tried(servers[number % 4], _reserving(world, TEN)) for number in range(AT_ONCE))
    )

    assert Counter(answers) == {"done": 1, "SlotTaken": AT_ONCE - 1}
    assert len(await live(servers[0])) == 1
    for server in servers:
        await server.close()


async def test_booking_moving_and_cancelling_at_once_never_overlap(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    dice = random.Random(20261124)
    starts = [TEN + timedelta(minutes=15 * number) for number in range(8)]
    booked = [
        (await sql_units.do(_reserving(world, TEN + timedelta(hours=3) + number * LENGTH))).appointment.id
        for number in range(8)
    ]

    def attempt(number: int) -> Callable[[SqlUnit], Awaitable[object]]:
        start = dice.choice(starts)
        adviser_id = dice.choice([world.ilmari, world.louhi])
        if number % 3 == 0:
            return lambda unit: move(
                unit, dice.choice(booked), start, by=Actor.CUSTOMER, now=NOW, adviser_id=adviser_id
            )
        if number % 16 == 1:
            return lambda unit: cancel(unit, booked[0], by=Actor.CUSTOMER, now=NOW)
        return lambda unit: reserve(unit, wish(world, start, adviser_id), now=NOW)

    answers = await asyncio.gather(*(tried(sql_units, attempt(number)) for number in range(AT_ONCE)))

    appointments = await live(sql_units)
    assert [overlaps(appointments, who) for who in (world.ilmari, world.louhi)] == [0, 0]
    assert set(answers) <= {"done", "SlotTaken", "WrongStatus"}
    assert await cells_of(sql_units, world) == sum(
        one.span.length // timedelta(minutes=5) for one in appointments
    )


async def test_a_cancelled_time_is_won_once_again(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    first = (await sql_units.do(_reserving(world, TEN))).appointment
    await sql_units.do(lambda unit: cancel(unit, first.id, by=Actor.CUSTOMER, now=NOW))

    answers = await asyncio.gather(*(tried(sql_units, _reserving(world, TEN)) for _ in range(AT_ONCE)))

    assert Counter(answers) == {"done": 1, SlotTaken.__name__: AT_ONCE - 1}


async def test_of_who_leaves_and_who_gives_them_an_appointment_one_wins(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    given = [
        (await sql_units.do(_reserving(world, TEN + number * LENGTH))).appointment.id for number in range(8)
    ]

    async def leaves(unit: SqlUnit) -> None:
        louhi = (await unit.staff.locked({world.louhi}))[world.louhi]
        if await unit.catalogue.ahead(NOW, adviser_id=louhi.id):
            raise SlotTaken(TEN)
        await unit.staff.change(replace(louhi, is_active=False))

    def giving(one: UUID) -> Callable[[SqlUnit], Awaitable[object]]:
        return lambda unit: reassign(unit, one, world.louhi, by=Actor.ADVISER, now=NOW)

    answers = await asyncio.gather(
        tried(sql_units, leaves), *(tried(sql_units, giving(one)) for one in given)
    )

    hers = [one for one in await live(sql_units) if one.adviser_id == world.louhi]
    assert answers[0] == ("SlotTaken" if hers else "done")


def _reserving(world: World, start: datetime) -> Callable[[SqlUnit], Awaitable[Reserved]]:
    return lambda unit: reserve(unit, wish(world, start, world.ilmari), now=NOW)


async def cells_of(units: SqlUnits, world: World) -> int:
    async with units.read() as unit:
        taken = await unit.calendar.taken([world.ilmari, world.louhi], DAY, now=NOW)
    return sum(len(numbers) for numbers in taken.values())

"""When advisers are there is kept, replaced and dropped alike by every unit."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from booking.availability import DayHours, WeeklyHours
from booking.closure import Closure, ClosureKind
from booking.errors import NotFound
from booking.time_span import TimeSpan
from tests.contracts.world import NOW, TEN, ZONE, World

TODAY = NOW.date()


def line(adviser_id: UUID, weekday: int, start: int, offering_id: UUID | None = None) -> WeeklyHours:
    return WeeklyHours(
        adviser_id=adviser_id,
        offering_id=offering_id,
        weekday=weekday,
        start_minute=start,
        end_minute=start + 60,
        zone=ZONE,
    )


def day_of(adviser_id: UUID, day: date, *stretches: tuple[int, int], own: UUID | None = None) -> DayHours:
    return DayHours(adviser_id=adviser_id, day=day, stretches=stretches, zone=ZONE, offering_id=own)


def closed(adviser_id: UUID | None = None, *, hours: int = 0, offering_id: UUID | None = None) -> Closure:
    start = TEN + timedelta(hours=hours)
    return Closure(
        id=uuid4(),
        kind=ClosureKind.TIME_OFF if adviser_id else ClosureKind.HOLIDAY,
        span=TimeSpan(start, start + timedelta(hours=1)),
        adviser_id=adviser_id,
        offering_id=offering_id,
        name="Juhannus",
    )


async def test_a_week_is_replaced_for_one_offering_and_the_general_one_stays(world: World) -> None:
    own = [line(world.ilmari, 4, 600, world.talk), line(world.ilmari, 1, 900, world.talk)]

    async with world.units.write() as unit:
        await unit.hours.replace_week(world.ilmari, world.talk, [line(world.ilmari, 0, 540, world.talk)])
        await unit.hours.replace_week(world.ilmari, world.talk, own)

    async with world.units.read() as unit:
        ilmaris = await unit.hours.openings(world.ilmari, since=NOW)
        louhis = await unit.hours.openings(world.louhi, since=NOW)
    assert [one for one in ilmaris.weekly if one.offering_id] == own[::-1]
    assert [one.weekday for one in ilmaris.weekly if one.offering_id is None] == list(range(7))
    assert len(louhis.weekly) == 7


async def test_a_week_can_be_emptied(world: World) -> None:
    async with world.units.write() as unit:
        await unit.hours.replace_week(world.ilmari, None, [])

    async with world.units.read() as unit:
        assert list((await unit.hours.openings(world.ilmari, since=NOW)).weekly) == []


async def test_a_day_is_kept_once_by_offering_and_dropped_alone(world: World) -> None:
    tomorrow = TODAY + timedelta(days=1)
    general = day_of(world.ilmari, tomorrow, (540, 600), (660, 720))
    async with world.units.write() as unit:
        await unit.hours.put_day(day_of(world.ilmari, tomorrow, (0, 60)))
        await unit.hours.put_day(general)
        await unit.hours.put_day(day_of(world.ilmari, tomorrow, own=world.talk))
        await unit.hours.put_day(day_of(world.ilmari, TODAY - timedelta(days=9)))  # is over
        await unit.hours.drop_day(world.ilmari, tomorrow, world.talk)

    async with world.units.read() as unit:
        assert list((await unit.hours.openings(world.ilmari, since=NOW)).days) == [general]


async def test_closures_of_the_adviser_and_of_all_are_told_until_they_end(world: World) -> None:
    theirs, everybodys, louhis = closed(world.ilmari, hours=1), closed(), closed(world.louhi)
    of_offering, over = closed(offering_id=world.talk, hours=2), closed(hours=-48)
    async with world.units.write() as unit:
        for one in (theirs, everybodys, louhis, of_offering, over):
            await unit.hours.close(one)

    async with world.units.read() as unit:
        assert list((await unit.hours.openings(world.ilmari, since=NOW)).closures) == [
            everybodys,
            theirs,
            of_offering,
        ]
        assert list(await unit.hours.closed_for_all(since=NOW)) == [everybodys]
        assert await unit.hours.closure(theirs.id) == theirs


async def test_what_is_reopened_is_gone(world: World) -> None:
    theirs = closed(world.ilmari)
    async with world.units.write() as unit:
        await unit.hours.close(theirs)
        await unit.hours.reopen(theirs.id)
        await unit.hours.reopen(theirs.id)

    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.hours.closure(theirs.id)


async def test_what_an_adviser_offers_is_known(world: World) -> None:
    async with world.units.read() as unit:
        assert set(await unit.hours.offered_by(world.ilmari)) == {world.talk}
        assert set(await unit.hours.offered_by(uuid4())) == set()


async def test_all_hours_of_an_adviser_go_to_another_clock_and_nobody_elses(world: World) -> None:
    own = day_of(world.ilmari, TODAY, (600, 660))
    async with world.units.write() as unit:
        await unit.hours.put_day(own)
        await unit.hours.set_zone(world.ilmari, "America/New_York")

    async with world.units.read() as unit:
        ilmaris = await unit.hours.openings(world.ilmari, since=NOW)
        louhis = await unit.hours.openings(world.louhi, since=NOW)
        zones = [(await unit.advisers.get(one)).zone for one in (world.ilmari, world.louhi)]
    assert {line.zone for line in ilmaris.weekly} == {"America/New_York"}
    assert [line.zone for line in ilmaris.days] == ["America/New_York"]
    assert {line.zone for line in louhis.weekly} == {ZONE}
    assert zones == ["America/New_York", None]

"""Disruptions and their concerned are kept alike in memory, on SQLite and on PostgreSQL."""

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from booking.appointment import Status
from booking.disruption import Concerned, Disruption, Scope
from booking.errors import NotFound
from booking.outcome import Outcome
from booking.time_span import TimeSpan
from tests.booking.disrupted import DAY, disruption
from tests.contracts.world import KULLERVO, NOW, TEN, World

HOUR = timedelta(hours=1)


async def kept(world: World, **values: object) -> Disruption:
    one = disruption(world, **values)
    async with world.units.write() as unit:
        await unit.disruptions.add(one, one.closures([world.ilmari]))
    return one


async def closed(world: World) -> set[UUID | None]:
    async with world.units.read() as unit:
        found = (await unit.advisers.openings(world.talk, DAY)).closures
    return {one.adviser_id for one in found}


@pytest.mark.parametrize("what", ["house", "adviser", "team", "offering"])
async def test_one_comes_back_as_it_was_kept(world: World, what: str) -> None:
    scope = {
        "house": Scope(),
        "adviser": Scope(adviser_id=world.ilmari),
        "team": Scope(team_id=world.bank),
        "offering": Scope(offering_id=world.talk),
    }[what]
    one = await kept(world, scope=scope, has_banner=False, texts={"sv": "Nej.", "fi": "Ei."})

    async with world.units.read() as unit:
        found = await unit.disruptions.get(one.id)
        assert await unit.disruptions.newest(limit=5) == [one]

    assert found == one
    assert list(found.texts) == ["sv", "fi"]


async def test_an_unknown_one_is_not_found(world: World) -> None:
    async with world.units.write() as unit:
        with pytest.raises(NotFound):
            await unit.disruptions.get(uuid4())
        with pytest.raises(NotFound):
            await unit.disruptions.locked(uuid4())


async def test_time_is_closed_once_and_opened_when_it_is_ended(world: World) -> None:
    one = await kept(world)
    async with world.units.write() as unit:
        await unit.disruptions.add(one, one.closures([world.ilmari]))
    before = await closed(world)

    async with world.units.write() as unit:
        await unit.disruptions.change(replace(one, ended_at=NOW))

    assert (before, await closed(world)) == ({world.ilmari}, set())


async def test_its_time_is_no_closed_day_that_the_page_of_holidays_could_open(world: World) -> None:
    await kept(world, scope=Scope())

    async with world.units.read() as unit:
        assert await unit.hours.closed_for_all(since=NOW) == []


async def test_standing_are_those_neither_passed_nor_ended(world: World) -> None:
    first = await kept(world)
    await kept(world, span=TimeSpan(NOW - HOUR, NOW))
    gone = await kept(world)
    async with world.units.write() as unit:
        await unit.disruptions.change(replace(gone, ended_at=NOW))

    async with world.units.read() as unit:
        assert await unit.disruptions.standing(NOW) == [first]


@pytest.mark.parametrize(("what", "count"), [("house", 2), ("adviser", 1), ("team", 1), ("offering", 2)])
async def test_touched_are_the_live_ones_of_the_scope_that_overlap(
    world: World, what: str, count: int
) -> None:
    scope = {
        "house": Scope(),
        "adviser": Scope(adviser_id=world.louhi),
        "team": Scope(team_id=world.health),
        "offering": Scope(offering_id=world.talk),
    }[what]
    louhis = world.appointment(adviser_id=world.louhi, customer=KULLERVO)
    gone = replace(world.appointment(TEN + HOUR), status=Status.CANCELLED)
    async with world.units.write() as unit:
        for one in (world.appointment(), louhis, gone, world.appointment(TEN + 24 * HOUR)):
            await unit.appointments.add(one, now=NOW)

    async with world.units.read() as unit:
        inside = await unit.disruptions.touched(scope, TimeSpan(TEN + timedelta(minutes=44), DAY.end))
        after = await unit.disruptions.touched(scope, TimeSpan(TEN + timedelta(minutes=45), TEN + HOUR))

    assert len(inside) == count
    assert louhis in inside
    assert after == []


async def test_each_is_reached_once_and_read_with_how_it_stands(world: World) -> None:
    one, aino = await kept(world), await world.booked()
    later = await world.booked(TEN + HOUR, customer=KULLERVO)

    async with world.units.write() as unit:
        assert await unit.disruptions.unreached(one, limit=9) == [aino.id, later.id]
        assert await unit.disruptions.unreached(one, limit=1) == [aino.id]
        assert await unit.disruptions.add_concerned(one.id, aino, at=NOW)
        assert not await unit.disruptions.add_concerned(one.id, aino, at=NOW + HOUR)
        await unit.appointments.change(replace(aino, sequence=1), now=NOW)

    async with world.units.read() as unit:
        assert await unit.disruptions.unreached(one, limit=9) == [aino.id, later.id]
        found = await unit.disruptions.concerned(one.id)
    assert [(each.appointment.sequence, each.sequence, each.span) for each in found] == [(1, 0, aino.span)]
    assert found[0].told_at == NOW


@pytest.mark.parametrize(
    ("outcome", "is_reached"),
    [
        (Outcome.CUSTOMER_NO_SHOW, True),
        (Outcome.ADVISER_ABSENT, True),
        (Outcome.MET, False),
        (Outcome.MET_BY_PHONE, False),
    ],
)
async def test_what_was_closed_without_a_meeting_is_reached_too(
    world: World, outcome: Outcome, is_reached: bool
) -> None:
    aino = await world.booked()
    one = await kept(world)
    async with world.units.write() as unit:
        closed = replace(aino, status=Status.CLOSED, outcome=outcome)
        await unit.appointments.change(closed, now=NOW)
        assert await unit.disruptions.unreached(one, limit=9) == [aino.id][:is_reached]
        assert await unit.disruptions.touched(one.scope, one.span) == []


async def test_who_has_another_time_in_it_is_concerned_anew(world: World) -> None:
    one, aino = await kept(world), await world.booked()
    moved = replace(aino, sequence=1)
    async with world.units.write() as unit:
        await unit.disruptions.add_concerned(one.id, aino, at=NOW)
        [before] = await unit.disruptions.concerned(one.id)
        await unit.disruptions.mark_reminded(before, at=NOW)
        await unit.appointments.change(moved, now=NOW)

        assert await unit.disruptions.add_concerned(one.id, moved, at=NOW + HOUR)
        assert not await unit.disruptions.add_concerned(one.id, moved, at=NOW + HOUR)
        [after] = await unit.disruptions.concerned(one.id)

    assert (after.sequence, after.told_at, after.reminded_at) == (1, NOW + HOUR, None)


async def test_marks_take_one_off_the_lists(world: World) -> None:
    one, aino = await kept(world), await world.booked()
    asked = replace(one, reminder_at=NOW + HOUR)
    async with world.units.write() as unit:
        await unit.disruptions.add_concerned(one.id, aino, at=NOW)
        assert await unit.disruptions.unreleased(limit=9) == []
        await unit.disruptions.change(asked)
        assert await unit.disruptions.unreminded(replace(one, reminder_at=NOW - HOUR), limit=9) == []
        await unit.disruptions.mark_reminded(await only(unit.disruptions.unreminded(asked, limit=9)), at=NOW)
        assert await unit.disruptions.unreminded(asked, limit=9) == []
        await unit.disruptions.change(replace(asked, ended_at=NOW))
        await unit.disruptions.mark_released(await only(unit.disruptions.unreleased(limit=9)), at=NOW)
        assert await unit.disruptions.unreleased(limit=9) == []

    async with world.units.read() as unit:
        found = (await unit.disruptions.concerned(one.id))[0]
        assert await unit.disruptions.get(one.id) == replace(asked, ended_at=NOW)
    assert (found.reminded_at, found.released_at) == (NOW, NOW)


async def only(found: Awaitable[Sequence[Concerned]]) -> Concerned:
    (one,) = await found
    return one

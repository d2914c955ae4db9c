"""Why there is no slot is told stage by stage, and the last stage is what is offered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.appointment import Customer
from booking.availability import WeeklyHours
from booking.closure import Closure, ClosureKind
from booking.errors import BadPeriod, NotFound
from booking.explain import Explained, Why, explain, local_day
from booking.find_slots import Stage, Wanted, find_slots
from booking.hold_slot import HoldWish, hold_slot
from booking.offering import Offering
from booking.set_hours import Week, set_week
from booking.time_span import TimeSpan
from tests.contracts.world import NOW, TEN, ZONE, World, furnished, offering
from tests.memory.units import MemoryUnits

HELSINKI = ZoneInfo(ZONE)
TUESDAY = TEN.date()
MINUTE = timedelta(minutes=1)
NIGHTS = (date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))


async def rules(world: World, **values: Any) -> Offering:
    """Give the world's offering other rules; Ilmari is there all day, and Louhi never."""
    changed = offering(world.talk, team_id=world.bank, **values)
    async with world.units.write() as unit:
        await unit.catalogue.add_offering(changed)
        await unit.hours.replace_week(world.louhi, None, [])
    return changed


async def hours(world: World, *stretches: tuple[int, int]) -> None:
    async with world.units.write() as unit:
        await set_week(
            unit, Week(adviser_id=world.ilmari, days=[stretches] * 7, zone=ZONE), now=NOW + timedelta(days=99)
        )


async def close(world: World, span: TimeSpan, name: str = "Juhannus") -> None:
    async with world.units.write() as unit:
        await unit.hours.close(Closure(id=uuid4(), kind=ClosureKind.HOLIDAY, span=span, name=name))


async def ilmaris(world: World, day: date = TUESDAY, *, now: datetime = NOW) -> Explained:
    async with world.units.read() as unit:
        talk = await unit.offerings.get(world.talk)
        (found,) = await explain(unit, talk, day, 1, now=now, adviser_id=world.ilmari)
        offered = await find_slots(
            unit, talk, local_day(day, HELSINKI), now=now, wanted=Wanted(adviser_id=world.ilmari)
        )
        assert found.left[Stage.WITHIN_CAP] == len(list(offered))
    return found


@pytest.fixture
async def world() -> World:
    return await furnished(MemoryUnits())


async def test_a_day_with_slots_has_no_reason_why_not(world: World) -> None:
    await rules(world)
    await hours(world, (540, 660))

    found = await ilmaris(world)

    assert found.left == dict.fromkeys(Stage, 6)
    assert found.why is None
    assert [span.start.astimezone(HELSINKI).strftime("%H:%M") for span in found.free][::5] == [
        "09:00",
        "10:15",
    ]


async def test_without_hours_that_is_why(world: World) -> None:
    await rules(world)
    await hours(world)

    found = await ilmaris(world)

    assert (found.why, found.left[Stage.HOURS]) == (Why.NO_HOURS, 0)


async def test_hours_shorter_than_the_appointment_are_told_apart_from_none(world: World) -> None:
    await rules(world)
    await hours(world, (540, 580))

    assert (await ilmaris(world)).why is Why.HOURS_TOO_SHORT


async def test_what_closes_a_day_is_named(world: World) -> None:
    await rules(world)
    await hours(world, (540, 660))
    await close(world, local_day(TUESDAY, HELSINKI))
    await close(world, local_day(TUESDAY + timedelta(days=1), HELSINKI), "Toinen")

    found = await ilmaris(world)

    assert (found.why, [one.name for one in found.closures]) == (Why.CLOSED, ["Juhannus"])
    assert (found.left[Stage.HOURS], found.left[Stage.OPEN]) == (6, 0)


async def test_notice_and_horizon_are_told_apart(world: World) -> None:
    await rules(world, notice=timedelta(days=2), horizon=timedelta(days=10))

    assert (await ilmaris(world)).why is Why.TOO_SOON
    assert (await ilmaris(world, TUESDAY + timedelta(days=30))).why is Why.TOO_FAR


async def test_a_day_that_is_over_is_too_soon(world: World) -> None:
    await rules(world)

    assert (await ilmaris(world, now=TEN + timedelta(days=3))).why is Why.TOO_SOON


async def test_appointments_and_holds_with_their_buffers_take_time(world: World) -> None:
    await rules(world, buffer_before=15 * MINUTE, buffer_after=15 * MINUTE)
    await hours(world, (720, 780))  # noon to one: one or two starts
    wish = HoldWish(offering_id=world.talk, start=TEN, adviser_id=world.ilmari)
    async with world.units.write() as unit:
        await hold_slot(unit, wish, now=NOW)

    found = await ilmaris(world)
    later = await ilmaris(world, now=NOW + timedelta(minutes=11))

    assert (found.left[Stage.IN_TIME], found.left[Stage.FREE], found.why) == (2, 0, Why.TAKEN)
    assert list(found.taken) == [TimeSpan(TEN - 15 * MINUTE, TEN + 60 * MINUTE)]
    assert (later.left[Stage.FREE], later.why) == (2, None)  # the hold has run out


async def test_the_cap_of_a_day_is_told(world: World) -> None:
    await rules(world, daily_cap=1)
    await world.booked()

    found = await ilmaris(world)

    assert found.left[Stage.FREE] > 0
    assert (found.left[Stage.WITHIN_CAP], found.why) == (0, Why.CAP)
    assert (await ilmaris(world, TUESDAY + timedelta(days=1))).why is None


async def test_a_closed_offering_has_nothing_left_at_any_stage(world: World) -> None:
    await rules(world, is_open=False)

    found = await ilmaris(world)

    assert (found.why, set(found.left.values())) == (Why.NOT_OFFERED, {0})


async def test_everybody_is_explained_by_name_and_each_day_by_itself(world: World) -> None:
    await rules(world)
    async with world.units.read() as unit:
        talk = await unit.offerings.get(world.talk)
        found = await explain(unit, talk, TUESDAY, 7, now=NOW)

    assert [one.adviser.name for one in found] == ["Ilmari"] * 7 + ["Louhi"] * 7
    assert [one.day for one in found[:7]] == [TUESDAY + timedelta(days=n) for n in range(7)]
    assert {one.why for one in found[7:]} == {Why.NO_HOURS}


async def test_strangers_and_long_periods_are_refused(world: World) -> None:
    async with world.units.read() as unit:
        talk = await unit.offerings.get(world.talk)
        with pytest.raises(NotFound):
            await explain(unit, talk, TUESDAY, 1, now=NOW, adviser_id=uuid4())
        with pytest.raises(BadPeriod):
            await explain(unit, talk, TUESDAY, 8, now=NOW)


@pytest.mark.parametrize(("day", "slots"), list(zip(NIGHTS, (100, 92, 100), strict=True)))
async def test_a_day_on_which_the_clocks_turn_has_the_slots_of_its_hours(
    world: World, day: date, slots: int
) -> None:
    await rules(world)  # all day: the last slots end after midnight

    found = await ilmaris(world, day, now=local_day(day, HELSINKI).start - timedelta(days=3))

    assert found.left == dict.fromkeys(Stage, slots)
    assert len({span.start for span in found.free}) == slots


@pytest.mark.parametrize("day", [NIGHTS[0], NIGHTS[2]])
async def test_in_the_hour_that_comes_twice_a_booking_takes_one_of_the_two(world: World, day: date) -> None:
    await rules(world)
    await hours(world, (180, 240))  # three to four, twice
    now = local_day(day, HELSINKI).start - timedelta(days=3)
    free = await ilmaris(world, day, now=now)
    first = free.free[0].start
    async with world.units.write() as unit:
        await unit.appointments.add(world.appointment(first), now=now)

    found = await ilmaris(world, day, now=now)

    assert [span.start.astimezone(HELSINKI).strftime("%H:%M %z") for span in free.free] == [
        "03:00 +0300",
        "03:15 +0300",
        "03:30 +0300",
        "03:45 +0300",
        "03:00 +0200",
        "03:15 +0200",
    ]
    assert [span.start - first for span in found.free] == [
        45 * MINUTE,
        60 * MINUTE,
        75 * MINUTE,
    ]


async def test_the_missing_hour_is_no_hour_to_be_explained(world: World) -> None:
    await rules(world)
    await hours(world, (180, 240))

    found = await ilmaris(world, NIGHTS[1], now=NOW + timedelta(days=110))

    assert found.why is Why.NO_HOURS


stretches = st.lists(
    st.tuples(st.integers(0, 286), st.integers(1, 144)).map(
        lambda pair: (pair[0] * 5, min(1440, (pair[0] + pair[1]) * 5))
    ),
    max_size=3,
)
minutes = st.integers(0, 24).map(lambda n: timedelta(minutes=5 * n))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    day=st.sampled_from([*NIGHTS, TUESDAY, date(2026, 12, 5)]),
    ahead=st.integers(-30, 30 * 24),
    week=st.lists(stretches, min_size=7, max_size=7),
    length=st.integers(1, 24),
    step=st.integers(1, 12),
    before=minutes,
    after=minutes,
    notice=minutes,
    horizon=st.integers(1, 30),
    cap=st.none() | st.integers(0, 3),
    is_open=st.sampled_from([True, True, True, False]),
    closures=st.lists(st.tuples(st.integers(-30, 60), st.integers(1, 30)), max_size=3),
    booked=st.lists(st.integers(-60, 320), max_size=5),
)
async def test_last_count_is_what_is_offered_in_any_world(
    day: date,
    ahead: int,
    week: list[list[tuple[int, int]]],
    length: int,
    step: int,
    before: timedelta,
    after: timedelta,
    notice: timedelta,
    horizon: int,
    cap: int | None,
    is_open: bool,
    closures: list[tuple[int, int]],
    booked: list[int],
) -> None:
    world = await furnished(MemoryUnits())
    span = local_day(day, HELSINKI)
    now = span.start - timedelta(hours=ahead, seconds=7)
    talk = offering(
        world.talk,
        length=5 * length * MINUTE,
        step=5 * step * MINUTE,
        buffer_before=before,
        buffer_after=after,
        notice=notice,
        horizon=timedelta(days=horizon),
        daily_cap=cap,
        is_open=is_open,
    )
    async with world.units.write() as unit:
        await unit.catalogue.add_offering(talk)
        await unit.hours.replace_week(world.ilmari, None, lines(world.ilmari, week))
        for hour, many in closures:
            start = span.start + timedelta(hours=hour)
            closed = TimeSpan(start, start + timedelta(hours=many))
            await unit.hours.close(Closure(id=uuid4(), kind=ClosureKind.TIME_OFF, span=closed))
        for number, quarter in enumerate(booked):
            await take(unit, world, talk, span.start + quarter * 15 * MINUTE, str(number))

    async with world.units.read() as unit:
        found = await explain(unit, talk, day, 2, now=now)
        slots = list(await find_slots(unit, talk, TimeSpan(span.start, found[1].span.end), now=now))

    for one in found:
        offered = [
            slot.span
            for slot in slots
            if slot.adviser_id == one.adviser.id and one.span.start <= slot.span.start < one.span.end
        ]
        assert list(one.free) == offered
        assert one.left[Stage.WITHIN_CAP] == len(offered)
        counts = [one.left[stage] for stage in Stage]
        assert counts == sorted(counts, reverse=True)
        assert (one.why is None) == bool(offered)


def lines(adviser_id: UUID, week: list[list[tuple[int, int]]]) -> list[WeeklyHours]:
    return [
        WeeklyHours(adviser_id=adviser_id, weekday=weekday, start_minute=start, end_minute=end, zone=ZONE)
        for weekday, day in enumerate(week)
        for start, end in day
    ]


async def take(unit: Any, world: World, talk: Offering, start: datetime, name: str) -> None:
    """Book a time unless somebody has it already."""
    one = replace(
        world.appointment(start, customer=Customer(name=name, email=f"{name}@example.fi")),
        span=talk.span_at(start),
        buffer_before=talk.buffer_before,
        buffer_after=talk.buffer_after,
    )
    there = await unit.calendar.taken([world.ilmari], one.busy, now=start)
    if not there[world.ilmari]:
        await unit.appointments.add(one, now=start)


def test_a_local_day_is_as_long_as_the_clocks_make_it() -> None:
    found = [local_day(day, HELSINKI).length for day in (*NIGHTS, TUESDAY)]

    assert found == [timedelta(hours=hours) for hours in (25, 23, 25, 24)]
    assert local_day(TUESDAY, HELSINKI).start == datetime(2026, 11, 23, 22, tzinfo=UTC)

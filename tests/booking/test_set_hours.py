"""Hours are changed by rules, and no appointment is left outside them without a word."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from booking.appointment import Status
from booking.availability import DayHours
from booking.close_days import change_closed_days
from booking.closure import Closure, ClosureKind
from booking.errors import BadHours, LeftOutside, NotFound
from booking.explain import local_day
from booking.find_slots import find_slots
from booking.set_hours import Week, drop_day, end_time_off, now_outside, set_day, set_week, take_time_off
from booking.stretches import HoursFault, Stretch, fault_of
from booking.time_span import TimeSpan
from tests.contracts.world import NOW, TEN, ZONE, World

NINE_TO_FOUR: Stretch = (9 * 60, 16 * 60)
TUESDAY = TEN.date()
HELSINKI = ZoneInfo(ZONE)


def week(world: World, *stretches: Stretch, offering_id: UUID | None = None) -> Week:
    return Week(adviser_id=world.ilmari, days=[stretches] * 7, zone=ZONE, offering_id=offering_id)


def time_off(world: World, start: datetime, end: datetime) -> Closure:
    return Closure(id=uuid4(), kind=ClosureKind.TIME_OFF, span=TimeSpan(start, end), adviser_id=world.ilmari)


def holiday(day: date) -> Closure:
    return Closure(id=uuid4(), kind=ClosureKind.HOLIDAY, span=local_day(day, HELSINKI), name="Juhannus")


@pytest.mark.parametrize(
    ("stretches", "fault"),
    [
        ([(540, 720), (780, 960)], None),
        ([(780, 960), (540, 780)], None),
        ([(0, 1440)], None),
        ([], None),
        ([(540, 542)], HoursFault.OFF_GRID),
        ([(541, 600)], HoursFault.OFF_GRID),
        ([(600, 600)], HoursFault.BACKWARD),
        ([(1320, 120)], HoursFault.BACKWARD),
        ([(600, 1445)], HoursFault.BACKWARD),
        ([(540, 720), (715, 780)], HoursFault.OVERLAP),
        ([(60 * hour, 60 * hour + 30) for hour in range(9)], HoursFault.TOO_MANY),
    ],
)
def test_stretches_are_on_five_minutes_forward_and_apart(
    stretches: list[Stretch], fault: HoursFault | None
) -> None:
    assert fault_of(stretches) == fault


async def test_hours_against_the_rules_are_refused_and_change_nothing(world: World) -> None:
    async with world.units.write() as unit:
        before = await unit.hours.openings(world.ilmari, since=NOW)
        with pytest.raises(BadHours):
            await set_week(unit, week(world, (600, 605), (600, 660)), now=NOW)
        with pytest.raises(BadHours):
            await set_day(
                unit,
                DayHours(adviser_id=world.ilmari, day=TUESDAY, stretches=((601, 660),), zone=ZONE),
                now=NOW,
            )
        assert await unit.hours.openings(world.ilmari, since=NOW) == before


async def test_evenings_nights_and_weekends_are_hours_like_any(world: World) -> None:
    saturday = TEN + timedelta(days=4)
    async with world.units.write() as unit:
        await set_week(unit, week(world, (0, 60), (18 * 60, 1440)), now=NOW)
        talk = await unit.offerings.get(world.talk)
        found = await find_slots(unit, talk, local_day(saturday.date(), HELSINKI), now=NOW)
        starts = [slot.span.start.astimezone(HELSINKI) for slot in found if slot.adviser_id == world.ilmari]

    assert {start.hour for start in starts} == {0, 18, 19, 20, 21, 22, 23}
    assert starts[-1].strftime("%H:%M") == "23:45"  # the night goes on after midnight


async def test_a_week_that_leaves_an_appointment_outside_is_not_kept_until_somebody_says_so(
    world: World,
) -> None:
    booked = await world.booked()  # at noon in Helsinki
    morning = week(world, (8 * 60, 12 * 60))

    async with world.units.write() as unit:
        with pytest.raises(LeftOutside) as refused:
            await set_week(unit, morning, now=NOW)
        stood = await unit.hours.openings(world.ilmari, since=NOW)
        await set_week(unit, morning, now=NOW, accepted={booked.id})
        after = await unit.hours.openings(world.ilmari, since=NOW)
        kept = await unit.appointments.get(booked.id)
        facts = await unit.facts.of(booked.id)

    assert [one.id for one in refused.value.appointments] == [booked.id]
    assert {line.end_minute for line in stood.weekly} == {1440}
    assert {line.end_minute for line in after.weekly} == {720}
    assert (kept.status, list(facts)) == (Status.BOOKED, [])


async def test_what_was_accepted_does_not_cover_who_booked_meanwhile(world: World) -> None:
    first = await world.booked()
    second = await world.booked(TEN + timedelta(hours=1), customer=replace(first.customer, name="Toinen"))

    async with world.units.write() as unit:
        with pytest.raises(LeftOutside) as refused:
            await set_week(unit, week(world), now=NOW, accepted={first.id})

    assert {one.id for one in refused.value.appointments} == {first.id, second.id}


async def test_who_lay_outside_before_is_no_news_and_stays_listed(world: World) -> None:
    booked = await world.booked()
    async with world.units.write() as unit:
        await set_week(unit, week(world), now=NOW, accepted={booked.id})

        await set_week(unit, week(world, (480, 540)), now=NOW)

        assert [one.id for one in await now_outside(unit, world.ilmari, now=NOW)] == [booked.id]


async def test_hours_of_an_offering_are_weighed_for_its_appointments_alone(world: World) -> None:
    booked = await world.booked()

    async with world.units.write() as unit:
        await set_week(unit, week(world, NINE_TO_FOUR, offering_id=world.talk), now=NOW)
        await set_week(unit, week(world), now=NOW)  # the offering has hours of its own
        with pytest.raises(LeftOutside) as refused:
            await set_week(unit, week(world, offering_id=world.talk), now=NOW)

    assert [one.id for one in refused.value.appointments] == [booked.id]


async def test_cancelled_and_past_appointments_hold_no_change_up(world: World) -> None:
    booked = await world.booked()
    async with world.units.write() as unit:
        with pytest.raises(LeftOutside):
            await set_week(unit, week(world), now=NOW)
        await set_week(unit, week(world), now=booked.span.end)
        await set_week(unit, week(world, (0, 1440)), now=NOW)
        await unit.appointments.change(replace(booked, status=Status.CANCELLED), now=NOW)

        await set_week(unit, week(world), now=NOW)

        assert list((await unit.hours.openings(world.ilmari, since=NOW)).weekly) == []


async def test_a_day_off_warns_and_so_does_giving_a_long_day_up(world: World) -> None:
    off = DayHours(adviser_id=world.ilmari, day=TUESDAY, stretches=(), zone=ZONE)
    async with world.units.write() as unit:
        await set_week(unit, week(world), now=NOW)
        await set_day(unit, replace(off, stretches=(NINE_TO_FOUR,)), now=NOW)
    booked = await world.booked()

    async with world.units.write() as unit:
        with pytest.raises(LeftOutside):
            await set_day(unit, off, now=NOW)
        with pytest.raises(LeftOutside):
            await drop_day(unit, world.ilmari, TUESDAY, None, now=NOW)
        await drop_day(unit, world.ilmari, TUESDAY, None, now=NOW, accepted={booked.id})

        assert list((await unit.hours.openings(world.ilmari, since=NOW)).days) == []


async def test_time_off_that_touches_an_appointment_warns_and_beside_it_does_not(world: World) -> None:
    booked = await world.booked()
    async with world.units.write() as unit:
        await take_time_off(
            unit, time_off(world, booked.span.end, booked.span.end + timedelta(days=3)), now=NOW
        )
        with pytest.raises(LeftOutside):
            await take_time_off(
                unit,
                time_off(world, booked.span.start - timedelta(hours=2), TEN + timedelta(minutes=5)),
                now=NOW,
            )


async def test_time_off_is_ended_by_its_own_adviser_alone(world: World) -> None:
    theirs, everybodys = time_off(world, TEN, TEN + timedelta(days=1)), holiday(TUESDAY)
    async with world.units.write() as unit:
        await unit.hours.close(everybodys)
        await take_time_off(unit, theirs, now=NOW)
        for whose, closure in ((world.louhi, theirs), (world.ilmari, everybodys)):
            with pytest.raises(NotFound):
                await end_time_off(unit, whose, closure.id)
        await end_time_off(unit, world.ilmari, theirs.id)

        assert list((await unit.hours.openings(world.ilmari, since=NOW)).closures) == [everybodys]


async def test_a_closed_day_is_closed_for_all_and_warns_of_every_appointment_on_it(world: World) -> None:
    ilmaris = await world.booked()
    louhis = world.appointment(
        TEN, adviser_id=world.louhi, customer=replace(ilmaris.customer, name="Toinen", email="t@example.fi")
    )
    closed = holiday(TUESDAY)
    async with world.units.write() as unit:
        await unit.appointments.add(louhis, now=NOW)
        with pytest.raises(LeftOutside) as refused:
            await change_closed_days(unit, closed=[closed], opened=(), accepted={louhis.id}, now=NOW)
        assert not await unit.hours.closed_for_all(since=NOW)
        both = {ilmaris.id, louhis.id}
        await change_closed_days(unit, closed=[closed], opened=(), accepted=both, now=NOW)
        talk = await unit.offerings.get(world.talk)
        closed_day = list(await find_slots(unit, talk, closed.span, now=NOW))
        await change_closed_days(unit, closed=[], opened=[closed.id], now=NOW)
        open_day = list(await find_slots(unit, talk, closed.span, now=NOW))

    assert {one.id for one in refused.value.appointments} == both
    assert closed_day == []
    assert {slot.adviser_id for slot in open_day} == {world.ilmari, world.louhi}


async def test_an_appointment_that_lasts_into_a_closed_day_is_warned_about(world: World) -> None:
    late = await world.booked(datetime(2026, 11, 23, 21, 45, tzinfo=UTC))  # 23:45 to 0:30 in Helsinki

    async with world.units.write() as unit:
        with pytest.raises(LeftOutside) as refused:
            await change_closed_days(unit, closed=[holiday(TUESDAY)], opened=(), now=NOW)

    assert [one.id for one in refused.value.appointments] == [late.id]


async def test_time_off_is_not_opened_as_a_holiday(world: World) -> None:
    theirs = time_off(world, TEN, TEN + timedelta(days=1))
    async with world.units.write() as unit:
        await take_time_off(unit, theirs, now=NOW)
        with pytest.raises(NotFound):
            await change_closed_days(unit, closed=[], opened=[theirs.id], now=NOW)


async def test_hours_are_of_what_the_adviser_meets_customers_of(world: World) -> None:
    async with world.units.write() as unit:
        with pytest.raises(NotFound):
            await set_week(unit, week(world, NINE_TO_FOUR, offering_id=uuid4()), now=NOW)
        with pytest.raises(NotFound):
            await set_day(
                unit,
                DayHours(adviser_id=world.ilmari, day=TUESDAY, stretches=(), zone=ZONE, offering_id=uuid4()),
                now=NOW,
            )

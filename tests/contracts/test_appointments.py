"""Appointments keep all that they are told, and no two of one adviser overlap."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from booking.appointment import Status, wall_time
from booking.errors import NotFound, SlotTaken
from booking.fact import Actor, Fact, FactKind
from booking.outcome import Outcome
from booking.time_span import TimeSpan, cells
from tests.contracts.world import KULLERVO, LENGTH, NOW, TEN, ZONE, World

DAY = TimeSpan(TEN - timedelta(hours=10), TEN + timedelta(hours=10))


async def test_many_are_found_by_their_ids(world: World) -> None:
    one, other = await world.booked(), await world.booked(TEN + timedelta(days=1))

    async with world.units.read() as unit:
        assert await unit.appointments.of_ids({one.id, other.id, uuid4()}) == {one.id: one, other.id: other}
        assert await unit.appointments.of_ids([]) == {}


async def test_an_appointment_comes_back_as_it_was_kept(world: World) -> None:
    closed = replace(
        world.appointment(),
        status=Status.CLOSED,
        sequence=3,
        confirmed_at=NOW,
        outcome=Outcome.MET,
    )

    async with world.units.write() as unit:
        await unit.appointments.add(closed, now=NOW)

    async with world.units.read() as unit:
        assert await unit.appointments.get(closed.id) == closed


async def test_the_hour_that_comes_twice_is_two_hours(world: World) -> None:
    first = world.appointment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    second = world.appointment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))

    async with world.units.write() as unit:
        await unit.appointments.add(first, now=NOW)
        await unit.appointments.add(second, now=NOW)

    async with world.units.read() as unit:
        kept = [await unit.appointments.get(one.id) for one in (first, second)]
    assert [one.wall_start for one in kept] == ["2026-10-25T03:30", "2026-10-25T03:30"]
    assert kept[1].span.start - kept[0].span.start == timedelta(hours=1)
    assert {one.span.start.tzinfo for one in kept} == {UTC}


@pytest.mark.parametrize("minutes", [-40, -15, 0, 5, 40])
async def test_an_overlap_is_refused(world: World, minutes: int) -> None:
    await world.booked(TEN)
    start = TEN + timedelta(minutes=minutes)

    with pytest.raises(SlotTaken) as refused:
        await world.booked(start)

    assert refused.value.start == start


async def test_back_to_back_is_no_overlap(world: World) -> None:
    await world.booked(TEN)
    await world.booked(TEN - LENGTH)
    await world.booked(TEN + LENGTH)

    async with world.units.read() as unit:
        starts = [one.span.start for one in await unit.appointments.within(DAY)]
    assert starts == [TEN - LENGTH, TEN, TEN + LENGTH]


async def test_another_adviser_has_time_of_her_own(world: World) -> None:
    await world.booked(TEN)

    async with world.units.write() as unit:
        await unit.appointments.add(
            world.appointment(TEN, adviser_id=world.louhi, customer=KULLERVO), now=NOW
        )

    async with world.units.read() as unit:
        assert len(await unit.appointments.within(DAY)) == 2


async def test_moving_onto_anothers_time_is_refused_and_the_old_time_kept(world: World) -> None:
    await world.booked(TEN)
    other = await world.booked(TEN + LENGTH)
    onto = TimeSpan(TEN + timedelta(minutes=30), TEN + timedelta(minutes=75))

    with pytest.raises(SlotTaken):
        async with world.units.write() as unit:
            await unit.appointments.change(replace(other, span=onto), now=NOW)

    async with world.units.read() as unit:
        assert await unit.appointments.get(other.id) == other
        taken = await unit.calendar.taken([world.ilmari], other.span, now=NOW)
    assert taken[world.ilmari] == frozenset(cells(other.span))


async def test_moving_by_less_than_its_own_length_is_no_overlap_with_itself(world: World) -> None:
    appointment = await world.booked(TEN)
    later = TEN + timedelta(minutes=15)
    moved = replace(appointment, span=TimeSpan(later, later + LENGTH), wall_start=wall_time(later, ZONE))

    async with world.units.write() as unit:
        await unit.appointments.change(moved, now=NOW)

    async with world.units.read() as unit:
        taken = await unit.calendar.taken([world.ilmari], DAY, now=NOW)
    assert taken[world.ilmari] == frozenset(cells(moved.span))


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.CLOSED])
async def test_what_is_no_longer_live_frees_its_time(world: World, status: Status) -> None:
    appointment = await world.booked(TEN)

    async with world.units.write() as unit:
        await unit.appointments.change(replace(appointment, status=status), now=NOW)

    async with world.units.read() as unit:
        assert not (await unit.calendar.taken([world.ilmari], DAY, now=NOW)).get(world.ilmari)
    await world.booked(TEN)


async def test_restoring_is_refused_when_somebody_has_the_time(world: World) -> None:
    appointment = await world.booked(TEN)
    async with world.units.write() as unit:
        await unit.appointments.change(replace(appointment, status=Status.CANCELLED), now=NOW)
    await world.booked(TEN + timedelta(minutes=30))

    with pytest.raises(SlotTaken):
        async with world.units.write() as unit:
            await unit.appointments.change(appointment, now=NOW)

    async with world.units.read() as unit:
        assert (await unit.appointments.get(appointment.id)).status is Status.CANCELLED


async def test_one_appointments_own_time_can_be_left_out(world: World) -> None:
    appointment = await world.booked(TEN)

    async with world.units.read() as unit:
        taken = await unit.calendar.taken([world.ilmari], DAY, now=NOW, but_not_of={appointment.id})

    assert not taken.get(world.ilmari)


async def test_cells_are_asked_half_open(world: World) -> None:
    appointment = await world.booked(TEN)
    before = TimeSpan(TEN - timedelta(hours=1), TEN)
    after = TimeSpan(appointment.span.end, appointment.span.end + timedelta(hours=1))

    async with world.units.read() as unit:
        taken = [await unit.calendar.taken([world.ilmari], span, now=NOW) for span in (before, after)]

    assert [one.get(world.ilmari, frozenset()) for one in taken] == [frozenset(), frozenset()]


async def test_a_team_sees_its_own_advisers_appointments_alone(world: World) -> None:
    appointment = await world.booked(TEN)
    hers = world.appointment(TEN, adviser_id=world.louhi, customer=KULLERVO)
    async with world.units.write() as unit:
        await unit.appointments.add(hers, now=NOW)

    async with world.units.read() as unit:
        of_bank = await unit.appointments.within(DAY, team_id=world.bank)
        of_louhi = await unit.appointments.of_adviser(world.louhi, DAY)

    assert (list(of_bank), list(of_louhi)) == ([appointment], [hers])


async def test_of_adviser_gives_what_touches_the_span_the_earliest_first(world: World) -> None:
    later = await world.booked(TEN + LENGTH)
    earlier = await world.booked(TEN)
    around = TimeSpan(TEN + timedelta(minutes=40), TEN + timedelta(minutes=50))

    async with world.units.read() as unit:
        touching = await unit.appointments.of_adviser(world.ilmari, around)
        starting = await unit.appointments.within(around)

    assert (list(touching), list(starting)) == ([earlier, later], [later])


async def test_who_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        async with world.units.read() as unit:
            await unit.appointments.get(uuid4())
    with pytest.raises(NotFound):
        async with world.units.write() as unit:
            await unit.appointments.locked(uuid4())
    with pytest.raises(NotFound):
        async with world.units.write() as unit:
            await unit.appointments.change(world.appointment(), now=NOW)


async def test_it_is_to_be_closed_when_its_grace_is_over(world: World) -> None:
    appointment = await world.booked(TEN)
    grace_end = appointment.span.end + timedelta(minutes=10)

    async with world.units.read() as unit:
        before = await unit.appointments.to_close(grace_end - timedelta(seconds=1))
        after = await unit.appointments.to_close(grace_end)

    assert (list(before), list(after)) == ([], [appointment.id])


async def test_it_is_to_be_closed_when_somebody_ended_it(world: World) -> None:
    appointment = await world.booked(TEN)
    now = TEN + timedelta(minutes=5)
    async with world.units.write() as unit:
        assert await unit.appointments.to_close(now) == []
        await unit.facts.append(
            Fact(appointment_id=appointment.id, at=now, kind=FactKind.ENDED, by=Actor.ADVISER)
        )

    async with world.units.read() as unit:
        assert list(await unit.appointments.to_close(now)) == [appointment.id]


async def test_statistics_get_a_line_for_each_appointment_that_starts_in_the_span(
    world: World,
) -> None:
    appointment = await world.booked(TEN)
    await world.booked(DAY.end)

    async with world.units.read() as unit:
        lines = await unit.attendance.attended(DAY)

    assert [(one.start, one.team_id, one.outcome) for one in lines] == [
        (appointment.span.start, world.bank, None)
    ]


async def test_ways_in_are_of_each_appointment_of_a_span_and_tell_nothing_else(world: World) -> None:
    inside, outside = await world.booked(TEN), await world.booked(DAY.end, customer=KULLERVO)
    await world.booked(TEN + timedelta(hours=1), customer=KULLERVO)
    kinds = (FactKind.DOOR_OPENED, FactKind.READY, FactKind.HINDERED, FactKind.ADMITTED)
    async with world.units.write() as unit:
        for one in (inside, outside):
            for kind in kinds:
                await unit.facts.append(_fact(one.id, kind))

    async with world.units.read() as unit:
        found = await unit.attendance.ways_in(DAY)

    assert [[fact.kind for fact in way] for way in found] == [
        [FactKind.DOOR_OPENED, FactKind.HINDERED, FactKind.ADMITTED]
    ]


async def test_the_live_ones_of_a_stretch_are_those_that_start_in_it(world: World) -> None:
    await world.booked(TEN - timedelta(hours=1))
    inside = await world.booked(TEN, customer=KULLERVO)
    over = await world.booked(TEN + timedelta(hours=1))
    async with world.units.write() as unit:
        await unit.appointments.change(replace(over, status=Status.CANCELLED), now=NOW)

    async with world.units.read() as unit:
        found = await unit.appointments.live_within(TimeSpan(TEN, TEN + timedelta(hours=2)))
    assert [one.id for one in found] == [inside.id]


async def test_who_waits_for_a_call_is_found_until_they_were_called_or_it_is_over(world: World) -> None:
    asking = await world.booked(TEN + timedelta(days=40))
    called = await world.booked(TEN + timedelta(days=1), customer=KULLERVO)
    over = await world.booked(TEN, customer=KULLERVO)
    async with world.units.write() as unit:
        for one in (asking, called, over):
            await unit.facts.append(_fact(one.id, FactKind.CALL_ASKED))
        await unit.facts.append(_fact(called.id, FactKind.CALLED_BACK))

    async with world.units.read() as unit:
        assert [one.id for one in await unit.appointments.waiting_for_call(TEN + LENGTH)] == [asking.id]
        before = await unit.appointments.waiting_for_call(NOW)
    assert [one.id for one in before] == [over.id, asking.id]


async def test_who_asks_again_after_a_call_waits_again(world: World) -> None:
    asking = await world.booked()
    async with world.units.write() as unit:
        for kind in (FactKind.CALL_ASKED, FactKind.CALLED_BACK, FactKind.CALL_ASKED):
            await unit.facts.append(_fact(asking.id, kind))

    async with world.units.read() as unit:
        assert [one.id for one in await unit.appointments.waiting_for_call(NOW)] == [asking.id]


def _fact(appointment_id: UUID, kind: FactKind) -> Fact:
    return Fact(appointment_id=appointment_id, at=NOW, kind=kind, by=Actor.CUSTOMER)

"""What each side wrote at the end: kept, sealed, never overwritten unseen, and gone when its time is over."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from booking.afterword import Afterword, SummaryLine
from booking.appointment import Status
from booking.ask_call import mark_called
from booking.attend import record
from booking.fact import Actor, FactKind
from booking.follow_up import FollowUp, Reason, follow_up
from booking.outcome import Outcome
from booking.time_span import TimeSpan
from server.database.afterwords import afterwords
from server.database.leftovers import AFTERWORDS_KEPT
from server.database.units import SqlUnits
from tests.contracts.world import NOW, TEN, World, furnished

NO = {"handled": "no", "face": None, "points": None, "agrees": None}
DAY = timedelta(days=1)


async def written(world: World) -> Afterword:
    appointment = await world.booked()
    lines = (SummaryLine.WE_SEND, SummaryLine.NOTHING_TO_DO)
    said = Afterword(
        appointment_id=appointment.id,
        side=Actor.ADVISER,
        text="Puhuimme lainasta.",
        lines=lines,
        revision=1,
        at=NOW,
    )
    async with world.units.write() as unit:
        assert await unit.afterwords.keep(said)
    return said


async def test_each_side_has_its_own_and_nobody_overwrites_what_they_have_not_seen(world: World) -> None:
    said = await written(world)
    word = replace(said, side=Actor.CUSTOMER, text="Kiitos.", lines=())
    mine, theirs = (replace(said, text=text, revision=2) for text in ("mine", "theirs"))

    async with world.units.write() as unit:
        kept = [await unit.afterwords.keep(one) for one in (word, mine, theirs, said)]
        found = [
            await unit.afterwords.of(said.appointment_id, side) for side in (Actor.ADVISER, Actor.CUSTOMER)
        ]

    assert kept == [True, True, False, False]
    assert found == [mine, word]


async def test_a_matter_that_was_not_handled_is_a_task_until_somebody_has_called(world: World) -> None:
    booked = await world.booked()
    async with world.units.write() as unit:
        await record(unit, booked.id, FactKind.FEEDBACK_GIVEN, by=Actor.CUSTOMER, now=NOW, detail=NO)
    async with world.units.write() as unit:
        before = follow_up(booked, await unit.facts.of(booked.id))
        await mark_called(unit, booked.id, by=Actor.ADVISER, now=NOW)
    async with world.units.read() as unit:
        after = follow_up(booked, await unit.facts.of(booked.id))

    assert (before, after) == (FollowUp(Reason.NOT_HANDLED, NOW), None)


async def test_the_database_holds_no_word_of_it(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    await written(world)

    async with sql_units.read() as unit:
        [row] = await unit.afterwords._connection.execute(select(afterwords))

    assert not any(b"lainasta" in each or b"we_send" in each for each in row if isinstance(each, bytes))


async def test_it_goes_a_while_after_it_was_written_and_not_before_its_appointment_is_over(
    sql_units: SqlUnits,
) -> None:
    world = await furnished(sql_units)
    said = await written(world)
    gone_at = NOW + AFTERWORDS_KEPT

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=gone_at)
        is_live = await unit.afterwords.of(said.appointment_id, Actor.ADVISER)
        appointment = await unit.appointments.get(said.appointment_id)
        await unit.appointments.change(replace(appointment, status=Status.CLOSED), now=NOW)
        await unit.leftovers.sweep(now=gone_at - timedelta(seconds=1))
        is_closed = await unit.afterwords.of(said.appointment_id, Actor.ADVISER)
        await unit.leftovers.sweep(now=gone_at)
        is_gone = await unit.afterwords.of(said.appointment_id, Actor.ADVISER)

    assert (is_live, is_closed, is_gone) == (said, said, None)


async def test_what_was_held_is_found_with_what_was_said_of_it_and_without(world: World) -> None:
    told, silent, missed = [await world.booked(TEN + timedelta(hours=hours)) for hours in (0, 2, 4)]
    async with world.units.write() as unit:
        await record(unit, told.id, FactKind.FEEDBACK_GIVEN, by=Actor.CUSTOMER, now=NOW)
        for one, outcome in (
            (told, Outcome.MET),
            (silent, Outcome.MET_BY_PHONE),
            (missed, Outcome.CUSTOMER_NO_SHOW),
        ):
            await unit.appointments.change(replace(one, status=Status.CLOSED, outcome=outcome), now=NOW)

    async with world.units.read() as unit:
        held = await unit.attendance.held(TimeSpan(TEN - DAY, TEN + DAY))
        others = await unit.attendance.held(TimeSpan(TEN + DAY, TEN + 2 * DAY))

    assert sorted([fact.kind for fact in facts] for facts in held) == [[], [FactKind.FEEDBACK_GIVEN]]
    assert others == []

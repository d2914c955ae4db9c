"""Whom somebody waits for, and whose adviser is late: read from the facts, written once, true when sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from booking.appointment import Appointment
from booking.attend import come_in, record
from booking.call_in import call_in
from booking.errors import TooLate
from booking.fact import Actor, Fact, FactKind
from booking.lateness import CHOICES, lateness
from booking.letter import Channel, LetterKind
from booking.on_the_spot import delayed
from booking.outcome import Outcome, decide
from booking.over import is_over
from booking.reminder import ReminderPlan
from booking.rules import Rules
from booking.say_late import say_late
from booking.set_up import change_offering
from booking.still_holds import still_holds
from tests.booking.history import ADVISER, SPAN, SYSTEM, at, booked, fact, late, moved
from tests.contracts.world import KULLERVO, LENGTH, NOW, TEN, World

MINUTE = timedelta(minutes=1)
K = FactKind


async def is_there(world: World, appointment: Appointment, *, minutes: float = -1) -> None:
    """Let the adviser sit down in the meeting."""
    now = appointment.span.start + minutes * MINUTE
    async with world.units.write() as unit:
        await record(unit, appointment.id, K.ADVISER_READY, by=Actor.ADVISER, now=now)


async def called_in(world: World, appointment: Appointment, minutes: float) -> bool:
    async with world.units.write() as unit:
        return await call_in(unit, appointment.id, now=appointment.span.start + minutes * MINUTE)


async def letters(world: World) -> list[LetterKind]:
    async with world.units.write() as unit:
        claimed = await unit.outbox.claim(Channel.MAIL, NOW + timedelta(days=365), "test", 100)
    return [one.letter.kind for one in claimed]


async def test_who_has_not_come_is_called_in_once_three_minutes_after_the_start(world: World) -> None:
    appointment = await world.booked()
    await is_there(world, appointment)

    assert [await called_in(world, appointment, minutes) for minutes in (2.9, 3, 4)] == [False, True, False]
    assert await letters(world) == [LetterKind.WAITING_FOR_YOU]


@pytest.mark.parametrize("minutes", [8, 30])
async def test_nobody_is_called_in_later_than_that(world: World, minutes: float) -> None:
    appointment = await world.booked()
    await is_there(world, appointment)

    assert not await called_in(world, appointment, minutes)


async def test_nobody_is_called_in_while_no_adviser_is_there(world: World) -> None:
    appointment = await world.booked()

    before = await called_in(world, appointment, 3)
    await is_there(world, appointment, minutes=3.5)
    async with world.units.write() as unit:
        await record(unit, appointment.id, K.LEFT, by=Actor.ADVISER, now=TEN + 4 * MINUTE)
    gone = await called_in(world, appointment, 5)
    await is_there(world, appointment, minutes=6)

    assert (before, gone, await called_in(world, appointment, 7)) == (False, False, True)


async def test_who_is_at_the_door_is_not_called_in(world: World) -> None:
    appointment = await world.booked()
    await is_there(world, appointment)
    async with world.units.write() as unit:
        await come_in(unit, appointment.id, now=TEN + 2 * MINUTE)

    assert not await called_in(world, appointment, 3)


async def test_an_offerings_plan_can_leave_the_calling_in_out(world: World) -> None:
    appointment = await world.booked()
    await is_there(world, appointment)
    async with world.units.write() as unit:
        await change_offering(
            unit, world.talk, lambda one: replace(one, letters=replace(one.letters, calls_in=False))
        )

    assert not await called_in(world, appointment, 3)
    assert ReminderPlan().calls_in


async def test_the_letter_no_longer_holds_once_the_customer_has_come_or_the_adviser_has_left(
    world: World,
) -> None:
    appointment = await world.booked()
    await is_there(world, appointment)
    await called_in(world, appointment, 3)
    async with world.units.write() as unit:
        [outgoing] = await unit.outbox.claim(Channel.MAIL, TEN + 3 * MINUTE, "test", 1)
        waited = await unit.facts.of(appointment.id)
        await come_in(unit, appointment.id, now=TEN + 4 * MINUTE)
        arrived = await unit.facts.of(appointment.id)
    left = [*waited, fact(K.LEFT, 4, ADVISER)]

    def holds(facts: Sequence[Fact], minutes: float) -> bool:
        now = TEN + minutes * MINUTE
        return still_holds(outgoing.letter, appointment, now=now, history=facts)

    assert [holds(waited, 4), holds(arrived, 4), holds(left, 4)] == [True, False, False]
    assert not holds(waited, 8)


async def test_a_delay_is_told_once_and_again_only_when_it_grows(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        said = [
            await say_late(unit, appointment.id, minutes, by=Actor.ADVISER, now=TEN - 20 * MINUTE)
            for minutes in (10, 10, 5, 15)
        ]

    assert said == [True, False, True, True]
    assert await letters(world) == [LetterKind.RUNNING_LATE] * 2


async def test_a_delay_said_back_and_forth_writes_one_letter_for_each_choice_at_most(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        for minutes in (5, 10, 5, 15, 10, 5) * 5:
            await say_late(unit, appointment.id, minutes, by=Actor.ADVISER, now=TEN - 20 * MINUTE)

    assert await letters(world) == [LetterKind.RUNNING_LATE] * len(CHOICES)


async def test_what_the_house_found_in_silence_is_written_when_a_person_says_it(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        for minutes, by in ((5, Actor.SYSTEM), (15, Actor.SYSTEM), (10, Actor.ADVISER), (15, Actor.ADVISER)):
            await say_late(unit, appointment.id, minutes, by=by, now=TEN)

    assert await letters(world) == [LetterKind.RUNNING_LATE] * 3


async def test_what_the_house_finds_by_itself_writes_one_letter_and_takes_nothing_back(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        said = [
            await say_late(unit, appointment.id, minutes, by=Actor.SYSTEM, now=TEN) for minutes in (5, 10, 5)
        ]
        told = lateness(await unit.facts.of(appointment.id))

    assert said == [True, True, False]
    assert told == 10 * MINUTE
    assert await letters(world) == [LetterKind.RUNNING_LATE]


async def test_nobody_is_told_of_a_delay_of_what_is_over(world: World) -> None:
    appointment = await world.booked()
    async with world.units.write() as unit:
        with pytest.raises(TooLate):
            await say_late(unit, appointment.id, 5, by=Actor.ADVISER, now=TEN + LENGTH)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (-1.1, None),  # the meeting before may still end when it should
        (-1, 5),
        (3, 5),
        (4, 10),
        (9, 15),
        (13, None),
    ],
)
def test_the_next_customer_is_told_while_the_meeting_before_goes_on(
    world: World, minutes: float, expected: int | None
) -> None:
    before, following = world.appointment(TEN - LENGTH), world.appointment(TEN, customer=KULLERVO)
    going_on = (fact(K.ADVISER_READY, -50, ADVISER), fact(K.ADMITTED, -45, ADVISER))

    found = dict(delayed([before, following], {before.id: going_on}, now=TEN + minutes * MINUTE))

    assert found == ({} if expected is None else {following.id: expected})


def test_a_meeting_that_should_have_ended_long_ago_is_told_of_three_minutes_ahead(world: World) -> None:
    before, following = world.appointment(TEN - 2 * LENGTH), world.appointment(TEN, customer=KULLERVO)
    going_on = (fact(K.ADVISER_READY, -50, ADVISER), fact(K.ADMITTED, -45, ADVISER))
    history = {before.id: going_on}

    assert dict(delayed([before, following], history, now=TEN - 3 * MINUTE)) == {following.id: 5}
    assert not dict(delayed([before, following], history, now=TEN - 3.1 * MINUTE))


@pytest.mark.parametrize(("kind", "by"), [(K.ENDED, ADVISER), (K.LEFT, ADVISER), (K.LEFT, Actor.CUSTOMER)])
def test_nobody_is_told_of_a_delay_once_the_meeting_before_has_ended(
    world: World, kind: FactKind, by: Actor
) -> None:
    before, following = world.appointment(TEN - LENGTH), world.appointment(TEN, customer=KULLERVO)
    over = (fact(K.ADVISER_READY, -50, ADVISER), fact(K.ADMITTED, -45, ADVISER), fact(kind, -2, by))

    assert not dict(delayed([before, following], {before.id: over}, now=TEN))


def test_nobody_is_told_of_the_delay_of_another_adviser(world: World) -> None:
    before = world.appointment(TEN - LENGTH, adviser_id=world.louhi)
    following = world.appointment(TEN, customer=KULLERVO)
    going_on = (fact(K.ADVISER_READY, -50, ADVISER), fact(K.ADMITTED, -45, ADVISER))

    assert not dict(delayed([before, following], {before.id: going_on}, now=TEN))


def outcome_of(*facts: Fact) -> Outcome:
    return decide([booked(), *facts], Rules(), until=at(120))


CAME = (fact(K.DOOR_OPENED, 14), fact(K.READY, 14.5))


def test_who_comes_when_the_adviser_was_said_to_be_there_is_no_no_show() -> None:
    """Told of a quarter of an hour, they come a minute before it; the adviser was there at eight and left."""
    there = (fact(K.ADVISER_READY, 8, ADVISER), fact(K.LEFT, 13, ADVISER))

    assert outcome_of(late(15, -3), *there, *CAME) is Outcome.ADVISER_ABSENT
    assert outcome_of(fact(K.ADVISER_READY, -2, ADVISER), *CAME) is Outcome.CUSTOMER_NO_SHOW


def test_grace_counts_from_when_the_adviser_was_ready() -> None:
    there = (fact(K.ADVISER_READY, 9, ADVISER), fact(K.LEFT, 12, ADVISER))

    assert outcome_of(*there, *CAME) is Outcome.ADVISER_ABSENT


def test_who_waited_and_went_when_told_of_the_delay_is_no_no_show() -> None:
    waited = (fact(K.DOOR_OPENED, -10), fact(K.READY, -9), late(15, -3), fact(K.LEFT, -1))

    assert outcome_of(*waited, fact(K.ADVISER_READY, 9, ADVISER)) is Outcome.ADVISER_ABSENT


def test_who_never_comes_to_an_adviser_who_was_a_little_late_is_a_no_show_still() -> None:
    assert outcome_of(late(5, -3), fact(K.ADVISER_READY, 4, ADVISER)) is Outcome.CUSTOMER_NO_SHOW


def test_a_delay_of_a_time_that_was_given_up_says_nothing_of_the_new_one() -> None:
    assert lateness([booked(), late(15, -3), moved(-1, SPAN)]) == timedelta(0)


def test_an_appointment_is_not_over_before_the_delay_has_passed_too() -> None:
    facts = [booked(), late(15, -3, SYSTEM)]

    assert not is_over(SPAN, facts, Rules(), now=at(45 + 24))
    assert is_over(SPAN, facts, Rules(), now=at(45 + 25))
    assert is_over(SPAN, [booked()], Rules(), now=at(45 + 10))

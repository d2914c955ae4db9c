"""Who did not come is offered another time: once, and never when it was our doing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from booking.answered_before import answered_before
from booking.appointment import Appointment
from booking.attend import record
from booking.close import close
from booking.fact import Actor, Fact, FactKind, timed
from booking.letter import CAN_WAIT, Channel, LetterDue, LetterKind
from booking.outcome import Outcome
from booking.question import Answer, Question, QuestionKind
from booking.still_holds import still_holds
from tests.contracts.world import KULLERVO, LENGTH, NOW, TEN, World

HOUR = timedelta(hours=1)
OVER = TEN + LENGTH + HOUR
K = FactKind


async def booked(world: World) -> Appointment:
    appointment = await world.booked()
    async with world.units.write() as unit:
        detail = timed(appointment.span)
        await record(unit, appointment.id, K.BOOKED, by=Actor.CUSTOMER, now=NOW, detail=detail)
    return appointment


async def missed(world: World, *more: FactKind, now: datetime = OVER) -> tuple[Appointment, list[LetterDue]]:
    """Let Ilmari wait in vain for Aino, and more happen; return what was closed, and the letters."""
    appointment = await booked(world)
    async with world.units.write() as unit:
        for kind in (K.ADVISER_READY, *more):
            by = Actor.ADVISER if kind is K.ADVISER_READY else Actor.SYSTEM
            await record(unit, appointment.id, kind, by=by, now=TEN - HOUR / 60)
    return await closed(world, appointment, now=now)


async def closed(
    world: World, appointment: Appointment, *, now: datetime = OVER
) -> tuple[Appointment, list[LetterDue]]:
    async with world.units.write() as unit:
        over = await close(unit, appointment.id, now=now)
        claimed = await unit.outbox.claim(Channel.MAIL, NOW + 365 * 24 * HOUR, "test", 100)
    return over, [one.letter for one in claimed]


async def test_who_did_not_come_gets_one_letter_however_often_it_is_closed(world: World) -> None:
    over, letters = await missed(world)
    _, more = await closed(world, over)

    assert over.outcome is Outcome.CUSTOMER_NO_SHOW
    assert [one.kind for one in letters] == [LetterKind.NO_SHOW]
    assert more == []
    assert LetterKind.NO_SHOW in CAN_WAIT  # at night it waits for the morning


@pytest.mark.parametrize("kind", [K.FAULT_OPENED, K.DISPUTED, K.PHONED])
async def test_nobody_is_written_to_when_something_else_explains_it(world: World, kind: FactKind) -> None:
    _, letters = await missed(world, kind)

    assert letters == []


async def test_nobody_is_written_to_when_the_adviser_was_not_there(world: World) -> None:
    _, letters = await closed(world, await booked(world))

    assert letters == []


async def test_nobody_is_written_to_days_later(world: World) -> None:
    over, letters = await missed(world, now=TEN + LENGTH + 25 * HOUR)

    assert over.outcome is Outcome.CUSTOMER_NO_SHOW
    assert letters == []


async def test_who_has_booked_again_is_not_written_to(world: World) -> None:
    await world.booked(TEN + 48 * HOUR)

    _, letters = await missed(world)

    assert letters == []


async def test_the_booking_of_somebody_else_is_not_theirs(world: World) -> None:
    await world.booked(TEN + 48 * HOUR, customer=KULLERVO)

    _, letters = await missed(world)

    assert [one.kind for one in letters] == [LetterKind.NO_SHOW]


async def test_the_letter_holds_until_they_book_again_or_dispute_it(world: World) -> None:
    over, [letter] = await missed(world)
    async with world.units.read() as unit:
        history = await unit.facts.of(over.id)
    disputed = [*history, Fact(appointment_id=over.id, at=OVER, kind=K.DISPUTED, by=Actor.CUSTOMER)]
    ours = replace(over, outcome=Outcome.TECHNICAL_FAILURE)

    assert still_holds(letter, over, now=OVER + 14 * HOUR, history=history)
    assert not still_holds(letter, over, now=OVER, history=history, has_booked_again=True)
    assert not still_holds(letter, over, now=OVER, history=disputed)
    assert not still_holds(letter, ours, now=OVER, history=history)
    assert not still_holds(letter, over, now=OVER + 80 * HOUR, history=history)


def test_what_was_answered_holds_where_the_question_is_the_same() -> None:
    kind = Question(
        key="kind",
        kind=QuestionKind.CHOICE,
        labels={"fi": "Mikä?", "en": "Which?"},
        choices=({"fi": "Asunto", "en": "A flat"}, {"fi": "Talo", "en": "A house"}),
    )
    why = Question(key="why", kind=QuestionKind.TEXT, labels={"en": "Why?"})
    when = Question(key="when", kind=QuestionKind.TEXT, labels={"en": "When do you move in?"})
    before = (
        Answer("kind", "Which?", "A house"),
        Answer("why", "Why?", "Roof"),
        Answer("when", "When?", "May"),
    )

    assert answered_before((kind, why, when), before) == {"kind": "1", "why": "Roof"}
    assert answered_before((replace(kind, choices=kind.choices[:1]),), before) == {}

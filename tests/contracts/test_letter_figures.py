"""What became of letters is counted by day and channel; those that need a person's eye are listed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from booking.appointment import Appointment, Customer
from booking.errors import NotFound
from booking.fact import Actor, Fact, FactKind
from booking.letter import Channel, LetterDue, LetterKind
from booking.letter_figures import LetterFigures, TroubledLetter
from booking.reminder import Reminder
from server.database.outbox_table import OutgoingLetter
from tests.contracts.world import NOW, World

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
MIDNIGHT = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
BOUNDS = [MIDNIGHT + number * DAY for number in range(4)]


async def put(world: World, appointment: Appointment, at: datetime, channel: Channel = Channel.MAIL) -> None:
    letter = LetterDue(appointment_id=appointment.id, kind=LetterKind.ONE_DAY, sequence=0, channel=channel)
    async with world.units.write() as unit:
        await unit.outbox.put(letter, at=at)


async def claimed(world: World, count: int, channel: Channel = Channel.MAIL) -> list[OutgoingLetter]:
    async with world.units.write() as unit:
        return await unit.outbox.claim(channel, NOW + DAY, "worker", count)


async def figures(world: World, channel: Channel | None = None) -> Sequence[LetterFigures]:
    async with world.units.read() as unit:
        return await unit.letters.figures(BOUNDS, channel=channel)


async def doubted_twice(world: World) -> OutgoingLetter:
    """Bring the letter that waits to where a person must decide."""
    letters: list[OutgoingLetter] = []
    for _ in range(2):
        letters += await claimed(world, 1)
        async with world.units.write() as unit:
            await unit.outbox.doubt(letters[-1].id, NOW, "no answer")
    return letters[-1]


async def test_each_letter_is_counted_on_the_day_it_fell_due_by_what_became_of_it(world: World) -> None:
    appointment = await world.booked()
    for number in range(5):
        await put(world, appointment, NOW + number * MINUTE)
    await put(world, appointment, NOW + DAY + MINUTE)
    sent, failed, dropped, doubted, _ = await claimed(world, 5)
    async with world.units.write() as unit:
        await unit.outbox.mark_sent(sent.id, at=NOW)
        await unit.outbox.mark_delivered(sent.id, at=NOW)
        await unit.outbox.mark_failed(failed.id, "550")
        await unit.outbox.mark_dropped(dropped.id, "no longer holds")
        await unit.outbox.doubt(doubted.id, NOW, "no answer")

    first = LetterFigures(planned=5, sent=1, delivered=1, failed=1, in_doubt=1, unneeded=1, ahead=1)
    second = LetterFigures(planned=1, ahead=1)
    assert list(await figures(world)) == [first, second, LetterFigures()]


async def test_a_letter_is_answered_by_what_the_customer_does_within_a_day(world: World) -> None:
    cases = (
        (FactKind.CONFIRMED, Actor.CUSTOMER, MINUTE),
        (FactKind.CANCELLED, Actor.CUSTOMER, DAY),
        (FactKind.MOVED, Actor.CUSTOMER, DAY + MINUTE),  # too late to be an answer
        (FactKind.MOVED, Actor.CUSTOMER, -MINUTE),  # before the letter
        (FactKind.MOVED, Actor.ADVISER, MINUTE),
        (FactKind.DOOR_OPENED, Actor.CUSTOMER, MINUTE),
    )
    for number, (kind, by, after) in enumerate(cases):
        appointment = await world.booked(NOW + (number + 3) * DAY)
        await put(world, appointment, NOW)
        [letter] = await claimed(world, 1)
        async with world.units.write() as unit:
            await unit.outbox.mark_sent(letter.id, at=NOW)
            await unit.facts.append(Fact(appointment_id=appointment.id, at=NOW + after, kind=kind, by=by))

    assert (await figures(world))[0] == LetterFigures(planned=6, sent=6, answered=2)


@pytest.mark.parametrize(
    ("customer", "mail", "sms"),
    [
        (Customer(name="A", email="a@example.fi", phone="+3581"), 1, 0),
        (Customer(name="A", email="a@example.fi", phone="+3581", reached_by="sms"), 0, 1),
        (Customer(name="A", email="a@example.fi", phone="+3581", reached_by="both"), 1, 1),
        (Customer(name="A", email="a@example.fi", reached_by="sms"), 1, 0),
        (Customer(name="A", email="", phone="+3581"), 0, 1),
        (Customer(name="A", email=""), 1, 0),
    ],
)
async def test_reminders_ahead_are_planned_for_the_ways_by_which_they_will_go(
    world: World, customer: Customer, mail: int, sms: int
) -> None:
    appointment = await world.booked(customer=customer)
    reminder = Reminder(appointment_id=appointment.id, kind=LetterKind.ONE_DAY, due_at=NOW + DAY, sequence=0)
    async with world.units.write() as unit:
        await unit.reminders.add([reminder])

    by_mail, by_sms, by_any = [
        (await figures(world, channel))[1] for channel in (Channel.MAIL, Channel.SMS, None)
    ]

    assert (by_mail.planned, by_sms.planned, by_any.ahead) == (mail, sms, mail + sms)


async def test_failed_letters_tell_whose_time_by_which_channel_and_why(world: World) -> None:
    appointment = await world.booked()
    await put(world, appointment, NOW)
    await put(world, appointment, NOW + MINUTE, Channel.SMS)
    for channel in Channel:
        [letter] = await claimed(world, 1, channel)
        async with world.units.write() as unit:
            await unit.outbox.mark_failed(letter.id, "550")

    async with world.units.read() as unit:
        both = await unit.letters.failed(since=NOW, channel=None, limit=9)
        since_later = await unit.letters.failed(since=NOW + MINUTE, channel=None, limit=9)
        by_mail = await unit.letters.failed(since=NOW, channel=Channel.MAIL, limit=9)

    assert [one.channel for one in both] == [Channel.SMS, Channel.MAIL]
    assert (since_later, by_mail) == (both[:1], both[1:])
    assert by_mail == [
        TroubledLetter(
            id=by_mail[0].id,
            appointment_id=appointment.id,
            kind=LetterKind.ONE_DAY,
            channel=Channel.MAIL,
            start=appointment.span.start,
            adviser_id=appointment.adviser_id,
            due_at=NOW,
            since=NOW + DAY,
            reason="550",
            is_open=False,
        )
    ]


async def test_of_letters_in_doubt_those_that_wait_for_a_person_come_first(world: World) -> None:
    appointment = await world.booked()
    await put(world, appointment, NOW)
    waits = await doubted_twice(world)
    await put(world, appointment, NOW - MINUTE)
    [again] = await claimed(world, 1)
    async with world.units.write() as unit:
        await unit.outbox.doubt(again.id, NOW, "no answer")

    async with world.units.read() as unit:
        found = await unit.letters.in_doubt(channel=None, limit=9)

    assert [(one.id, one.is_open) for one in found] == [(waits.id, True), (again.id, False)]


async def test_nobody_decides_about_a_letter_that_is_not_there(world: World) -> None:
    async with world.units.write() as unit:
        assert not await unit.letters.leave(uuid4(), "left")
        with pytest.raises(NotFound):
            await unit.letters.state(uuid4())

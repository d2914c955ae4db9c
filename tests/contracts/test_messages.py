"""What customers write by text message: asked back once, cancelled, confirmed, stopped, or read by people."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest

from booking.appointment import Appointment, Status
from booking.errors import NotFound
from booking.fact import Actor, Fact, FactKind
from booking.letter import Channel, LetterKind
from booking.message import MOST_QUESTIONS, QUESTION_LASTS, Meaning
from booking.take_message import Taken, take_message
from booking.tell import tell
from tests.contracts.world import AINO, KULLERVO, NOW, TEN, World

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NUMBER = "+358 40 1234567"
BY_SMS = replace(AINO, reached_by="sms")


async def writes(
    world: World, text: str, *, key: str = "", sender: str = NUMBER, after: timedelta = MINUTE
) -> Taken:
    async with world.units.write() as unit:
        key = key or uuid4().hex
        return await take_message(unit, key=key, sender=sender, text=text, now=NOW + after)


async def letters(world: World) -> list[tuple[str, str]]:
    async with world.units.write() as unit:
        claimed = [
            one for channel in Channel for one in await unit.outbox.claim(channel, NOW + 30 * DAY, "test", 50)
        ]
    return [(one.letter.kind.value, one.letter.channel.value) for one in claimed]


async def test_who_cannot_come_is_asked_back_once_and_then_freed(world: World) -> None:
    appointment = await world.booked(customer=BY_SMS)

    asked = await writes(world, "EN PÄÄSE")
    again = await writes(world, "kyllä", after=2 * MINUTE)

    assert asked == Taken(meaning=Meaning.ASKED_BACK, appointment_id=appointment.id)
    assert again == Taken(meaning=Meaning.CANCELLED, appointment_id=appointment.id)
    assert await letters(world) == [("cancel_asked", "sms")]


async def test_writing_it_a_second_time_is_a_yes(world: World) -> None:
    await world.booked(customer=BY_SMS)

    await writes(world, "PERU")
    second = await writes(world, "PERU", after=2 * MINUTE)

    assert second.meaning is Meaning.CANCELLED
    assert await letters(world) == [("cancel_asked", "sms")]


async def test_a_no_keeps_the_time_and_ends_the_question(world: World) -> None:
    await world.booked(customer=BY_SMS)

    await writes(world, "CANCEL")
    kept = await writes(world, "no", after=2 * MINUTE)
    ok = await writes(world, "OK", after=3 * MINUTE)

    assert (kept.meaning, ok.meaning) == (Meaning.KEPT, Meaning.CONFIRMED)


async def test_a_question_does_not_wait_for_ever(world: World) -> None:
    await world.booked(TEN + 5 * DAY, customer=BY_SMS)

    await writes(world, "CANCEL")
    late = await writes(world, "yes", after=MINUTE + QUESTION_LASTS)

    assert late.meaning is Meaning.CONFIRMED


async def test_a_question_is_about_the_time_that_it_named(world: World) -> None:
    appointment = await world.booked(customer=BY_SMS)
    await writes(world, "CANCEL")
    async with world.units.write() as unit:
        await unit.appointments.change(replace(appointment, sequence=1), now=NOW)

    answer = await writes(world, "yes", after=2 * MINUTE)

    assert answer.meaning is Meaning.CONFIRMED


async def test_of_two_the_nearest_is_meant_and_an_answer_is_about_what_was_asked(world: World) -> None:
    later = await world.booked(TEN + DAY, customer=BY_SMS)

    await writes(world, "CANCEL")
    await world.booked(customer=replace(BY_SMS, name="Aino V."))
    answer = await writes(world, "yes", after=2 * MINUTE)

    assert answer == Taken(meaning=Meaning.CANCELLED, appointment_id=later.id)


async def test_an_ok_answers_the_last_question_whichever_appointment_it_was_about(world: World) -> None:
    later = await world.booked(TEN + DAY, customer=BY_SMS)
    nearest = await world.booked(customer=replace(BY_SMS, name="Aino V."))
    asked = await writes(world, "CANCEL")
    await reminded(world, later, after=2 * MINUTE)

    ok = await writes(world, "OK", after=3 * MINUTE)

    assert asked == Taken(meaning=Meaning.ASKED_BACK, appointment_id=nearest.id)
    assert ok == Taken(meaning=Meaning.CONFIRMED, appointment_id=later.id)


async def test_a_question_after_the_reminder_is_answered_first(world: World) -> None:
    later = await world.booked(TEN + DAY, customer=BY_SMS)
    nearest = await world.booked(customer=replace(BY_SMS, name="Aino V."))
    await reminded(world, nearest, after=timedelta(0))
    await reminded(world, later, after=MINUTE)

    told = [
        await writes(world, text, after=number * MINUTE) for number, text in enumerate(("CANCEL", "OK"), 2)
    ]

    assert told == [
        Taken(meaning=Meaning.ASKED_BACK, appointment_id=later.id),
        Taken(meaning=Meaning.CANCELLED, appointment_id=later.id),
    ]


async def test_what_people_must_read_is_about_the_nearest_though_another_was_reminded_of(
    world: World,
) -> None:
    later = await world.booked(TEN + DAY, customer=BY_SMS)
    nearest = await world.booked(customer=replace(BY_SMS, name="Aino V."))
    await reminded(world, later, after=MINUTE)

    late = await writes(world, "Olen viisi minuuttia myöhässä", after=2 * MINUTE)

    assert late == Taken(meaning=Meaning.FOR_STAFF, appointment_id=nearest.id)


async def test_a_reminder_of_long_ago_asks_nothing_any_more(world: World) -> None:
    later = await world.booked(TEN + DAY, customer=BY_SMS)
    nearest = await world.booked(customer=replace(BY_SMS, name="Aino V."))
    await reminded(world, later, after=timedelta(0))

    in_time = await writes(world, "OK", after=QUESTION_LASTS - MINUTE)
    too_late = await writes(world, "OK", after=QUESTION_LASTS)

    assert (in_time.appointment_id, too_late.appointment_id) == (later.id, nearest.id)


async def test_the_nearest_ahead_is_meant(world: World) -> None:
    await world.booked(TEN + DAY, customer=BY_SMS)
    nearest = await world.booked(customer=BY_SMS)

    assert (await writes(world, "OK")).appointment_id == nearest.id


async def test_what_is_handed_over_again_leads_to_nothing(world: World) -> None:
    await world.booked(customer=BY_SMS)

    first = await writes(world, "CANCEL", key="one")
    second = await writes(world, "CANCEL", key="one")

    assert (first.meaning, second.meaning) == (Meaning.ASKED_BACK, Meaning.NOBODYS)


async def test_of_many_handing_over_at_once_one_counts(world: World) -> None:
    await world.booked(customer=BY_SMS)

    taken = await asyncio.gather(*(writes(world, "CANCEL", key="one") for _ in range(6)))

    assert sorted(one.meaning for one in taken) == ["asked_back", *["nobodys"] * 5]


async def test_a_number_that_nobody_knows_leads_to_nothing(world: World) -> None:
    await world.booked(customer=BY_SMS)

    assert (await writes(world, "CANCEL", sender="+358 50 7654321")).meaning is Meaning.NOBODYS
    assert (await writes(world, "CANCEL", sender="Bank")).meaning is Meaning.NOBODYS
    assert await letters(world) == []


async def test_a_cancelled_one_is_not_asked_about(world: World) -> None:
    appointment = await world.booked(customer=BY_SMS)
    async with world.units.write() as unit:
        await unit.appointments.change(replace(appointment, status=Status.CANCELLED), now=NOW)

    assert (await writes(world, "CANCEL")).meaning is Meaning.NOBODYS


async def test_once_it_has_begun_people_read_it(world: World) -> None:
    await world.booked(customer=BY_SMS)

    taken = await writes(world, "EN PÄÄSE", after=TEN - NOW + MINUTE)

    assert taken.meaning is Meaning.FOR_STAFF
    assert await letters(world) == []


async def test_nobody_is_asked_for_ever(world: World) -> None:
    await world.booked(TEN + 5 * DAY, customer=BY_SMS)

    for number in range(MOST_QUESTIONS):
        await writes(world, "CANCEL", after=2 * number * MINUTE)
        await writes(world, "no", after=(2 * number + 1) * MINUTE)
    last = await writes(world, "CANCEL", after=DAY)

    assert last.meaning is Meaning.FOR_STAFF
    assert len(await letters(world)) == MOST_QUESTIONS


async def test_all_else_waits_for_a_person_who_sees_to_it(world: World) -> None:
    appointment = await world.booked(customer=BY_SMS)
    await writes(world, "Tulen, mutta myöhästyn <b>10</b> min 🙂")

    async with world.units.write() as unit:
        waiting = await unit.messages.unread([appointment.adviser_id])
        for one, day in product(waiting, (1, 2)):
            await unit.messages.mark_read(one.id, at=NOW + day * DAY)
        left = list(await unit.messages.unread([appointment.adviser_id]))
        read = [await unit.messages.get(one.id) for one in waiting]

    assert [one.text for one in waiting] == ["Tulen, mutta myöhästyn <b>10</b> min 🙂"]
    assert (left, [one.read_at for one in read]) == ([], [NOW + DAY])


async def test_only_what_people_must_read_is_kept_in_words(world: World) -> None:
    appointment = await world.booked(customer=BY_SMS)
    await writes(world, "OK")

    async with world.units.read() as unit:
        assert [one.text for one in await unit.messages.of(appointment.id)] == [""]
        with pytest.raises(NotFound):
            await unit.messages.get(uuid4())


async def test_after_a_stop_no_text_message_goes_there_until_a_start(world: World) -> None:
    appointment = await world.booked(customer=BY_SMS)

    await writes(world, "STOP")
    await told(world, appointment)
    stopped = await letters(world)
    async with world.units.read() as unit:
        assert set(await unit.stopped_numbers.all()) == {"358401234567"}
    asked = await writes(world, "CANCEL", after=2 * MINUTE)
    await writes(world, "START", after=3 * MINUTE)
    await told(world, appointment)

    assert stopped == [("booked", "mail")]
    assert asked.meaning is Meaning.FOR_STAFF
    assert await letters(world) == [("booked", "sms")]


async def test_another_number_is_not_stopped(world: World) -> None:
    kullervo = replace(KULLERVO, phone="+358507654321", reached_by="sms")
    appointment = await world.booked(customer=kullervo)

    await writes(world, "STOP")
    await told(world, appointment)

    assert await letters(world) == [("booked", "sms")]


async def test_messages_of_numbers_that_nobody_knows_are_counted_since_a_moment(world: World) -> None:
    await world.booked(customer=BY_SMS)
    await writes(world, "Hei", sender="+358 50 1111111")
    await writes(world, "Hei", sender="+358 50 2222222", after=DAY)
    await writes(world, "Tulen myöhässä", after=DAY)

    async with world.units.read() as unit:
        counted = [await unit.messages.count_of_nobody(since) for since in (NOW, NOW + DAY, NOW + 2 * DAY)]

    assert counted == [2, 1, 0]


async def test_messages_go_a_week_after_they_came_once_the_appointment_is_over(world: World) -> None:
    appointment = await world.booked(customer=BY_SMS)
    await writes(world, "Tulen myöhässä")
    await sweep(world)
    kept = await count(world, appointment.id)
    async with world.units.write() as unit:
        await unit.appointments.change(replace(appointment, status=Status.CLOSED), now=NOW)
    await sweep(world)

    assert (kept, await count(world, appointment.id)) == (1, 0)


async def reminded(world: World, appointment: Appointment, *, after: timedelta) -> None:
    """Write down that a text message asked whether they come."""
    detail = {"letter": LetterKind.ONE_DAY.value, "channel": Channel.SMS.value}
    fact = Fact(
        appointment_id=appointment.id,
        at=NOW + after,
        kind=FactKind.REMINDED,
        by=Actor.SYSTEM,
        detail=detail,
    )
    async with world.units.write() as unit:
        await unit.facts.append(fact)


async def told(world: World, appointment: Appointment) -> None:
    async with world.units.write() as unit:
        await tell(unit, appointment, LetterKind.BOOKED, at=NOW)


async def sweep(world: World) -> None:
    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=NOW + 8 * DAY)


async def count(world: World, appointment_id: UUID) -> int:
    async with world.units.read() as unit:
        return len(await unit.messages.of(appointment_id))

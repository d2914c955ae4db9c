"""Letters are claimed by one worker, marked, and in doubt when a worker died with them."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from booking.errors import NotFound
from booking.letter import Channel, LetterDue, LetterKind
from server.database.demo_letters import DemoLetter
from server.database.leftovers import LETTERS_KEPT
from server.database.outbox_table import Delivery, OutgoingLetter
from tests.contracts.world import NOW, World

MINUTE = timedelta(minutes=1)


async def put(world: World, *, count: int = 1) -> UUID:
    """Put letters about one appointment, each a minute after the one before."""
    appointment = await world.booked()
    async with world.units.write() as unit:
        for number in range(count):
            letter = LetterDue(appointment_id=appointment.id, kind=LetterKind.BOOKED, sequence=number)
            await unit.outbox.put(letter, at=NOW + number * MINUTE)
    return appointment.id


async def claim(world: World, now: datetime, *, limit: int = 9) -> list[OutgoingLetter]:
    async with world.units.write() as unit:
        return await unit.outbox.claim(Channel.MAIL, now, "worker 1", limit)


async def doubted_twice(world: World) -> OutgoingLetter:
    """Put a letter that nobody answers for, twice; while it is under way nobody can decide."""
    await put(world)
    claimed: list[OutgoingLetter] = []
    for now in (NOW, NOW + 5 * MINUTE):
        claimed += await claim(world, now)
        async with world.units.write() as unit:
            assert not await unit.letters.send_again(claimed[-1].id, now)
            await unit.outbox.doubt(claimed[-1].id, now, "no answer")
    return claimed[-1]


async def test_what_is_due_is_claimed_once_the_oldest_first(world: World) -> None:
    appointment_id = await put(world, count=3)

    first = await claim(world, NOW + MINUTE, limit=1)
    second = await claim(world, NOW + MINUTE)
    third = await claim(world, NOW + MINUTE)

    assert [[one.letter.sequence for one in claimed] for claimed in (first, second, third)] == [[0], [1], []]
    assert first[0].letter.appointment_id == appointment_id
    assert (first[0].state, first[0].tries) == (Delivery.CLAIMED, 1)


async def test_workers_at_once_never_get_the_same(world: World) -> None:
    await put(world, count=40)

    claimed = await asyncio.gather(*(claim(world, NOW + 60 * MINUTE, limit=3) for _ in range(20)))

    ids = [one.id for letters in claimed for one in letters]
    assert len(ids) == len(set(ids)) == 40


async def test_a_letter_put_off_is_claimed_again_with_the_same_id(world: World) -> None:
    await put(world)
    [letter] = await claim(world, NOW)
    async with world.units.write() as unit:
        await unit.outbox.retry_at(letter.id, NOW + MINUTE, "busy")

    too_early = await claim(world, NOW + MINUTE - timedelta(seconds=1))
    again = await claim(world, NOW + MINUTE)

    assert (too_early, [(one.id, one.tries) for one in again]) == ([], [(letter.id, 2)])


async def test_what_was_sent_dropped_or_failed_is_never_claimed_again(world: World) -> None:
    await put(world, count=3)
    sent, dropped, failed = await claim(world, NOW + 9 * MINUTE)
    async with world.units.write() as unit:
        await unit.outbox.mark_sent(sent.id, at=NOW)
        await unit.outbox.mark_dropped(dropped.id, "no longer holds")
        await unit.outbox.mark_failed(failed.id, "no such address")

    assert await claim(world, NOW + timedelta(days=9)) == []
    async with world.units.read() as unit:
        assert dict(await unit.outbox.counts()) == {"sent": 1, "dropped": 1, "failed": 1}


async def test_what_a_dead_worker_held_is_tried_once_more_and_then_waits_for_a_person(
    world: World,
) -> None:
    await put(world)
    [letter] = await claim(world, NOW)
    doubted_at = NOW + 2 * MINUTE

    async with world.units.write() as unit:
        first = await unit.outbox.put_in_doubt(Channel.MAIL, doubted_at, 2 * MINUTE)
    too_early = await claim(world, doubted_at + 5 * MINUTE - timedelta(seconds=1))
    again = await claim(world, doubted_at + 5 * MINUTE)
    async with world.units.write() as unit:
        second = await unit.outbox.put_in_doubt(Channel.MAIL, doubted_at + 60 * MINUTE, 2 * MINUTE)
    never = await claim(world, NOW + timedelta(days=9))

    assert (first, too_early, [one.id for one in again], second, never) == (1, [], [letter.id], 1, [])
    async with world.units.read() as unit:
        assert [(one.id, one.doubts) for one in await unit.outbox.in_doubt()] == [(letter.id, 2)]


async def test_a_young_claim_is_not_doubted(world: World) -> None:
    await put(world)
    await claim(world, NOW)

    async with world.units.write() as unit:
        assert await unit.outbox.put_in_doubt(Channel.MAIL, NOW + MINUTE, 2 * MINUTE) == 0


async def test_a_letter_that_was_not_even_tried_is_not_counted_as_a_try(world: World) -> None:
    await put(world)
    [letter] = await claim(world, NOW)
    async with world.units.write() as unit:
        await unit.outbox.put_back(letter.id, NOW + MINUTE, "away")

    assert await claim(world, NOW) == []
    assert [one.tries for one in await claim(world, NOW + MINUTE)] == [1]


async def test_what_was_not_answered_for_is_tried_once_more_then_a_person_decides(world: World) -> None:
    letter = await doubted_twice(world)
    assert await claim(world, NOW + timedelta(days=1)) == []

    async with world.units.write() as unit:
        decided = [await unit.letters.send_again(letter.id, NOW + 60 * MINUTE) for _ in range(2)]

    assert decided == [True, False]
    assert [one.id for one in await claim(world, NOW + 60 * MINUTE)] == [letter.id]


async def test_what_a_person_leaves_is_never_claimed_again(world: World) -> None:
    letter = await doubted_twice(world)

    async with world.units.write() as unit:
        decided = [await unit.letters.leave(letter.id, "left") for _ in range(2)]

    assert decided == [True, False]
    assert await claim(world, NOW + timedelta(days=9)) == []
    async with world.units.read() as unit:
        kept = await unit.outbox.get(letter.id)
    assert (kept.state, kept.reason) == (Delivery.DROPPED, "left")


async def test_marks_are_news_once(world: World) -> None:
    await put(world, count=2)
    sent, failed = await claim(world, NOW + MINUTE)

    async with world.units.write() as unit:
        as_sent = [await unit.outbox.mark_sent(sent.id, at=NOW) for _ in range(2)]
        as_failed = [await unit.outbox.mark_failed(failed.id, "refused") for _ in range(2)]
        came_back = await unit.outbox.mark_failed(sent.id, "came back")

    assert (as_sent, as_failed, came_back) == ([True, False], [True, False], True)


async def test_a_letter_in_doubt_that_was_sent_after_all_is_sent(world: World) -> None:
    await put(world)
    [letter] = await claim(world, NOW)
    async with world.units.write() as unit:
        await unit.outbox.put_in_doubt(Channel.MAIL, NOW + 2 * MINUTE, 2 * MINUTE)
        assert await unit.outbox.mark_sent(letter.id, at=NOW)

    assert await claim(world, NOW + 60 * MINUTE) == []


async def test_what_should_have_left_by_now_is_found_by_its_channel(world: World) -> None:
    appointment = await world.booked()
    late, later, other = (
        LetterDue(
            appointment_id=appointment.id,
            kind=LetterKind.BOOKED,
            sequence=0,
            channel=channel,
            leave_by=NOW + minutes * MINUTE,
        )
        for channel, minutes in ((Channel.SMS, 1), (Channel.SMS, 3), (Channel.MAIL, 1))
    )
    async with world.units.write() as unit:
        for letter in (late, later, other):
            await unit.outbox.put(letter, at=NOW)

    async with world.units.read() as unit:
        found = await unit.outbox.unserved(Channel.SMS, NOW + 2 * MINUTE, limit=9)

    assert [one.letter for one in found] == [late]


async def test_letters_are_forgotten_after_three_months_whatever_became_of_them(world: World) -> None:
    await put(world, count=2)

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=NOW + LETTERS_KEPT)

    async with world.units.read() as unit:
        assert dict(await unit.outbox.counts()) == {"waiting": 1}


async def test_nobody_has_a_letter_that_is_not_there(world: World) -> None:
    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.outbox.get(uuid4())


async def test_the_demo_shows_each_letter_once_the_newest_first(world: World) -> None:
    older, newer = (
        DemoLetter(
            message_id=f"<{number}@example.fi>",
            channel="mail",
            to="aino@example.fi",
            subject="Aika",
            text="Hei",
            html="<p>Hei</p>",
            at=NOW + number * MINUTE,
            links=(("Peru", "http://localhost/a/b"),),
        )
        for number in (1, 2)
    )
    async with world.units.write() as unit:
        for letter in (older, newer, newer):
            await unit.demo_letters.add(letter)

    async with world.units.read() as unit:
        assert list(await unit.demo_letters.all()) == [newer, older]

"""The days to come are foretold from what stands in the stores, and nothing is written by looking."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from booking.appointment import Appointment, Customer
from booking.attend import record
from booking.cancel import cancel
from booking.coming import Coming, Happening
from booking.fact import Actor, FactKind
from booking.letter import Channel, LetterDue, LetterKind
from booking.move import move
from booking.rehearse import rehearse
from booking.reserve import Wish, reserve
from booking.time_span import TimeSpan
from tests.booking.disrupted import declared
from tests.contracts.test_holds import hold
from tests.contracts.world import AINO, NOW, TEN, World

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def books(world: World, start: datetime = TEN, customer: Customer = AINO) -> Appointment:
    """Book, and let the news of it be sent, so that only what is planned is still to come."""
    wish = Wish(offering_id=world.talk, start=start, customer=customer, adviser_id=world.ilmari)
    async with world.units.write() as unit:
        booked = await reserve(unit, wish, now=NOW)
        for one in await unit.outbox.claim(Channel.MAIL, NOW, "test", 9):
            await unit.outbox.mark_sent(one.id, at=NOW)
    return booked.appointment


async def foretold(world: World, *, days: int = 3, silent: TimeSpan | None = None) -> Sequence[Coming]:
    async with world.units.read() as unit:
        return await rehearse(unit, NOW + days * DAY, now=NOW, silent=silent)


def told(comings: Sequence[Coming]) -> list[tuple[datetime, str]]:
    return [(one.at, one.letter or one.happening) for one in comings]


async def test_letters_door_and_closing_of_an_appointment_are_foretold_in_order(world: World) -> None:
    booked = await books(world)

    found = await foretold(world)

    assert told(found) == [
        (TEN - DAY, LetterKind.ONE_DAY),
        (TEN - 15 * MINUTE, Happening.DOOR),
        (TEN - 15 * MINUTE, LetterKind.FIFTEEN_MINUTES),
        (booked.span.end + 10 * MINUTE, Happening.CLOSING),
    ]
    assert {one.appointment.id for one in found if one.appointment} == {booked.id}


async def test_only_what_lies_in_the_days_is_foretold(world: World) -> None:
    await books(world)

    assert told(await foretold(world, days=1)) == [(TEN - DAY, LetterKind.ONE_DAY)]


async def test_news_that_waits_leaves_now_once_for_each_way(world: World) -> None:
    both = replace(AINO, reached_by="both")
    wish = Wish(offering_id=world.talk, start=TEN, customer=both, adviser_id=world.ilmari)
    async with world.units.write() as unit:
        await reserve(unit, wish, now=NOW)

    found = await foretold(world)

    ways = [(one.at, one.letter, one.channel) for one in found if one.letter]
    assert ways[:2] == [
        (NOW, LetterKind.BOOKED, Channel.MAIL),
        (NOW, LetterKind.BOOKED, Channel.SMS),
    ]
    assert len(ways) == 6


async def test_a_letter_that_is_being_sent_is_still_foretold(world: World) -> None:
    booked = await books(world)
    about = LetterDue(appointment_id=booked.id, kind=LetterKind.LOST_LINK, sequence=0)
    async with world.units.write() as unit:
        await unit.outbox.put(about, at=NOW)
        await unit.outbox.claim(Channel.MAIL, NOW, "test", 9)

    assert (NOW, LetterKind.LOST_LINK) in told(await foretold(world))


async def test_what_was_moved_or_cancelled_is_foretold_as_it_stands_now(world: World) -> None:
    moved, gone = await books(world), await books(world, TEN + 2 * HOUR, replace(AINO, name="Kullervo"))
    async with world.units.write() as unit:
        await move(unit, moved.id, TEN + DAY, by=Actor.CUSTOMER, now=NOW)
        await cancel(unit, gone.id, by=Actor.CUSTOMER, now=NOW)

    found = await foretold(world)

    of_gone = [one.letter for one in found if one.appointment and one.appointment.id == gone.id]
    of_moved = [one.at for one in found if one.letter is LetterKind.FIFTEEN_MINUTES]
    assert (of_gone, of_moved) == ([LetterKind.CANCELLED], [TEN + DAY - 15 * MINUTE])


async def test_who_left_no_address_gets_no_letter(world: World) -> None:
    await books(world, customer=Customer(name="Aino", email=""))

    assert [one.letter for one in await foretold(world) if one.letter] == []


async def test_text_messages_that_wait_are_not_foretold_after_a_stop(world: World) -> None:
    both = replace(AINO, reached_by="both")
    wish = Wish(offering_id=world.talk, start=TEN, customer=both, adviser_id=world.ilmari)
    async with world.units.write() as unit:
        await reserve(unit, wish, now=NOW)
        await unit.stopped_numbers.add(both.phone_key, since=NOW)

    ways = {one.channel for one in await foretold(world) if one.letter}

    assert ways == {Channel.MAIL}


async def test_a_letter_tells_by_when_it_should_have_left(world: World) -> None:
    await books(world)

    found = {one.letter: one.leave_by for one in await foretold(world) if one.letter}

    assert found == {LetterKind.ONE_DAY: TEN - DAY / 2, LetterKind.FIFTEEN_MINUTES: TEN}


async def test_one_that_was_ended_closes_at_once(world: World) -> None:
    begun = await books(world, NOW + 15 * MINUTE)
    async with world.units.write() as unit:
        for kind in (FactKind.ADMITTED, FactKind.ENDED):
            await record(unit, begun.id, kind, by=Actor.ADVISER, now=NOW)

    found = await foretold(world)

    assert [one.at for one in found if one.happening is Happening.CLOSING] == [NOW]


async def test_who_does_not_come_is_written_to_when_it_closes_if_the_adviser_is_there(world: World) -> None:
    begun = await books(world, NOW + 15 * MINUTE)
    nobody = [one.letter for one in await foretold(world, days=1)]
    async with world.units.write() as unit:
        await record(unit, begun.id, FactKind.ADVISER_READY, by=Actor.ADVISER, now=NOW + 14 * MINUTE)

    found = await foretold(world, days=1)

    assert LetterKind.NO_SHOW not in nobody
    assert [one.at for one in found if one.letter is LetterKind.NO_SHOW] == [begun.span.end + 10 * MINUTE]


async def test_who_has_booked_again_is_not_written_to(world: World) -> None:
    begun = await books(world, NOW + 15 * MINUTE)
    await books(world, TEN + DAY)
    async with world.units.write() as unit:
        await record(unit, begun.id, FactKind.ADVISER_READY, by=Actor.ADVISER, now=NOW)

    assert LetterKind.NO_SHOW not in [one.letter for one in await foretold(world, days=1)]


async def test_reminders_rest_while_a_disruption_stands_over_the_time(world: World) -> None:
    await books(world)
    await declared(world)

    letters = [one.letter for one in await foretold(world) if one.letter]

    assert letters == [LetterKind.DISRUPTION]


async def test_holds_that_run_out_are_foretold(world: World) -> None:
    kept = hold(world)
    async with world.units.write() as unit:
        await unit.holds.add(kept, now=NOW)

    [found] = await foretold(world)

    assert (found.happening, found.at, found.start, found.appointment) == (
        Happening.HOLD_ENDS,
        kept.until,
        kept.span.start,
        None,
    )


async def test_silence_makes_letters_late_or_loses_them_and_leaves_doors_alone(world: World) -> None:
    """From before the one-day letter until after the start: it, the way in and the closing fall into it."""
    booked = await books(world)
    await books(world, TEN + 30 * HOUR, replace(AINO, name="Kullervo"))
    silent = TimeSpan(TEN - 25 * HOUR, TEN + 7 * HOUR)

    found = await foretold(world, silent=silent)

    mine = [one for one in found if one.appointment and one.appointment.id == booked.id]
    assert {one.letter: one.is_lost for one in mine if one.letter} == {
        LetterKind.ONE_DAY: True,
        LetterKind.FIFTEEN_MINUTES: True,
    }
    assert [one.is_late for one in mine if one.happening is Happening.DOOR] == [False]
    assert [one.at for one in mine if one.happening is Happening.CLOSING] == [silent.end]
    late = [one for one in found if one.letter and one.is_late]
    assert [(one.letter, one.at, one.planned_at) for one in late] == [
        (LetterKind.ONE_DAY, silent.end, TEN + 6 * HOUR)
    ]


async def test_a_letter_that_silence_pushes_into_the_night_waits_for_the_morning(world: World) -> None:
    """The one-day letter of noon is due at noon on her clock; work begins again at half past ten at night."""
    await books(world, TEN + DAY)
    silent = TimeSpan(TEN - HOUR, TEN + 10.5 * HOUR)

    found = await foretold(world, silent=silent)

    late = [one for one in found if one.letter is LetterKind.ONE_DAY]
    assert [(one.at, one.is_lost) for one in late] == [(TEN, True)]  # the morning is past halfway


async def test_looking_writes_nothing(world: World) -> None:
    """A unit that reads refuses every change, in memory and in the databases."""
    await books(world)

    assert await foretold(world) == await foretold(world)

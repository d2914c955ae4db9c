"""Wishes for lost links are kept, taken once and counted alike, and become letters within limits."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from booking.appointment import Customer, Status
from booking.letter import Channel, LetterDue, LetterKind
from booking.link_request import LinkRequest
from booking.lost_link import MOST_OF_ADDRESS, MOST_OF_EMAIL, WINDOW, ask_for_links, send_links
from tests.contracts.world import AINO, KULLERVO, LENGTH, NOW, TEN, World

HERE, ELSEWHERE = b"here", b"elsewhere"


async def ask(world: World, email: str, *, address: bytes = HERE, now: datetime = NOW) -> None:
    async with world.units.write() as unit:
        await ask_for_links(unit, email, address, now=now)


async def letters(world: World, *, now: datetime = NOW) -> list[LetterDue]:
    """Handle the wishes, and return the letters that came of them."""
    async with world.units.write() as unit:
        await send_links(unit, now=now)
        return [one.letter for one in await unit.outbox.claim(Channel.MAIL, now, "test", 100)]


async def test_every_appointment_ahead_of_an_address_gets_a_letter(world: World) -> None:
    first, second = await world.booked(), await world.booked(TEN + LENGTH)
    await world.booked(TEN + 2 * LENGTH, customer=KULLERVO)

    await ask(world, AINO.email)

    assert {(one.appointment_id, one.kind) for one in await letters(world)} == {
        (first.id, LetterKind.LOST_LINK),
        (second.id, LetterKind.LOST_LINK),
    }


async def test_capital_letters_do_not_count(world: World) -> None:
    appointment = await world.booked(customer=replace(AINO, email="Aino.Virtanen@Example.fi"))

    await ask(world, "aino.virtanen@EXAMPLE.FI")

    assert [one.appointment_id for one in await letters(world)] == [appointment.id]


@pytest.mark.parametrize("email", ["nobody@example.fi", "%", "_", "aino@example"])
async def test_another_address_gets_nothing(world: World, email: str) -> None:
    await world.booked()

    await ask(world, email)

    assert await letters(world) == []


async def test_what_is_cancelled_or_over_gets_no_letter(world: World) -> None:
    gone, _ = await world.booked(), await world.booked(TEN + LENGTH)
    async with world.units.write() as unit:
        await unit.appointments.change(replace(gone, status=Status.CANCELLED), now=NOW)
    after = TEN + 2 * LENGTH

    await ask(world, AINO.email, now=after)

    assert await letters(world, now=after) == []


async def test_a_wish_is_handled_once(world: World) -> None:
    await world.booked()
    await ask(world, AINO.email)

    assert (len(await letters(world)), len(await letters(world))) == (1, 0)


async def test_an_address_is_written_to_a_few_times_an_hour_and_again_afterwards(world: World) -> None:
    await world.booked()
    for number in range(MOST_OF_EMAIL + 2):
        await ask(world, AINO.email, address=bytes([number]))

    assert len(await letters(world)) == MOST_OF_EMAIL
    await ask(world, AINO.email, now=NOW + WINDOW)
    assert len(await letters(world, now=NOW + WINDOW)) == 1


async def test_one_network_cannot_write_to_everybody(world: World) -> None:
    for number in range(MOST_OF_ADDRESS + 1):
        who = Customer(name=f"N{number}", email=f"n{number}@example.fi")
        await world.booked(TEN + number * LENGTH, customer=who)
        await ask(world, who.email)

    assert len(await letters(world)) == MOST_OF_ADDRESS
    await ask(world, "n0@example.fi", address=ELSEWHERE)
    assert len(await letters(world)) == 1


async def test_wishes_that_were_refused_keep_nobody_from_their_link(world: World) -> None:
    await world.booked()
    for _ in range(3 * MOST_OF_EMAIL):
        await ask(world, AINO.email)
    await letters(world)
    later = NOW + WINDOW - timedelta(minutes=1)
    await ask(world, AINO.email, now=later)
    await letters(world, now=later)

    await ask(world, AINO.email, now=NOW + WINDOW)

    assert len(await letters(world, now=NOW + WINDOW)) == 1


async def test_what_was_handled_is_swept_after_an_hour_and_what_was_not_stays(world: World) -> None:
    async with world.units.write() as unit:
        await unit.link_requests.add(LinkRequest(email="a@example.fi", address=HERE, at=NOW))
        [request] = await unit.link_requests.take(limit=5, now=NOW)
        await unit.link_requests.mark_answered(request.id)
        waiting = LinkRequest(email="b@example.fi", address=HERE, at=NOW)
        await unit.link_requests.add(waiting)

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=NOW + WINDOW)

        assert await unit.link_requests.count_answered(since=NOW - WINDOW) == 0
        assert await unit.link_requests.take(limit=5, now=NOW + WINDOW) == [waiting]

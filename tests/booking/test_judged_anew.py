"""Who could not come or was not told is no no-show afterwards, and nobody whitens their own absence."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from booking.appointment import Appointment, Status
from booking.attend import record
from booking.cancel import cancel
from booking.close import close
from booking.confirm import confirm
from booking.disrupt import declare, reach
from booking.fact import Actor, FactKind
from booking.letter import Channel, LetterKind
from booking.move import move
from booking.outcome import Outcome
from booking.restore import restore
from tests.booking.disrupted import books, declared, disruption
from tests.contracts.world import AINO, KULLERVO, NOW, TEN, World

K = FactKind
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
IN_THE_AFTERNOON = TEN + 4 * HOUR
ADVISER_CAME = (K.ADVISER_READY, Actor.ADVISER, -1.0)
MEETING = (
    ADVISER_CAME,
    (K.ADMITTED, Actor.ADVISER, 0.0),
    (K.MEDIA_CONNECTED, Actor.CUSTOMER, 1.0),
    (K.MEDIA_CONNECTED, Actor.ADVISER, 1.0),
    (K.ENDED, Actor.ADVISER, 20.0),
)


async def over(world: World, one: Appointment, *told: tuple[FactKind, Actor, float]) -> Outcome | None:
    """Let things happen to it, minutes from its start, and close it."""
    async with world.units.write() as unit:
        for kind, by, minutes in told:
            await record(unit, one.id, kind, by=by, now=one.span.start + minutes * MINUTE)
        return (await close(unit, one.id, now=one.span.end + HOUR)).outcome


async def outcome(world: World, one: Appointment) -> Outcome | None:
    async with world.units.read() as unit:
        return (await unit.appointments.get(one.id)).outcome


async def test_a_no_show_that_was_closed_before_anybody_declared_it_is_our_failure(world: World) -> None:
    aino = await books(world)
    assert await over(world, aino, ADVISER_CAME) is Outcome.CUSTOMER_NO_SHOW

    one = await declared(world, now=IN_THE_AFTERNOON, made_at=IN_THE_AFTERNOON)

    assert await outcome(world, aino) is Outcome.TECHNICAL_FAILURE
    async with world.units.write() as unit:
        last = (await unit.facts.of(aino.id))[-1]
        put = [
            one.letter.kind for one in await unit.outbox.claim(Channel.MAIL, NOW + 90 * 24 * HOUR, "test", 9)
        ]
        again = await reach(unit, one, now=IN_THE_AFTERNOON)
    assert (last.kind, last.detail["disruption"]) == (K.FAULT_OPENED, str(one.id))
    assert (put, again) == ([LetterKind.BOOKED, LetterKind.NO_SHOW], 0)


async def test_a_no_show_of_another_day_or_adviser_stays_one(world: World) -> None:
    with_louhi = await books(world, adviser_id=world.louhi)
    next_day = await books(world, TEN + 24 * HOUR, who=KULLERVO)
    for one in (with_louhi, next_day):
        await over(world, one, ADVISER_CAME)

    await declared(world, now=IN_THE_AFTERNOON, made_at=IN_THE_AFTERNOON)

    assert [await outcome(world, one) for one in (with_louhi, next_day)] == [Outcome.CUSTOMER_NO_SHOW] * 2


async def test_a_meeting_that_took_place_stays_met_and_has_no_fault(world: World) -> None:
    aino = await books(world)
    assert await over(world, aino, *MEETING) is Outcome.MET

    await declared(world, now=IN_THE_AFTERNOON, made_at=IN_THE_AFTERNOON)

    assert await outcome(world, aino) is Outcome.MET
    async with world.units.read() as unit:
        assert K.FAULT_OPENED not in {fact.kind for fact in await unit.facts.of(aino.id)}


@pytest.mark.parametrize("is_closed", [True, False])
async def test_an_adviser_who_did_not_come_is_absent_whatever_they_declare_afterwards(
    world: World, is_closed: bool
) -> None:
    aino, late = await books(world), TEN + HOUR / 2
    if is_closed:
        await over(world, aino)
        late = IN_THE_AFTERNOON

    await declared(world, now=late, made_at=late, made_by=world.ilmari)
    if not is_closed:
        await over(world, aino)

    assert await outcome(world, aino) is Outcome.ADVISER_ABSENT


async def test_an_adviser_who_waited_may_say_afterwards_that_nobody_could_come(world: World) -> None:
    aino = await books(world)
    await over(world, aino, ADVISER_CAME)

    await declared(world, now=IN_THE_AFTERNOON, made_at=IN_THE_AFTERNOON, made_by=world.ilmari)

    assert await outcome(world, aino) is Outcome.TECHNICAL_FAILURE


async def test_an_admin_may_say_afterwards_why_an_adviser_did_not_come(world: World) -> None:
    aino = await books(world)
    assert await over(world, aino) is Outcome.ADVISER_ABSENT

    await declared(world, now=IN_THE_AFTERNOON, made_at=IN_THE_AFTERNOON, made_by=world.louhi)

    assert await outcome(world, aino) is Outcome.TECHNICAL_FAILURE


async def test_an_adviser_who_said_so_in_time_was_not_late_because_the_letters_were(world: World) -> None:
    aino = await books(world)
    one = disruption(world, made_by=world.ilmari, made_at=TEN - HOUR)
    async with world.units.write() as unit:
        await declare(unit, one, now=TEN - HOUR)
        await reach(unit, one, now=TEN + 5 * MINUTE)

    assert await over(world, aino) is Outcome.TECHNICAL_FAILURE


async def brought_back(world: World, at: datetime, *, by: Actor, cancelled_at: datetime = NOW) -> Appointment:
    aino = await books(world)
    async with world.units.write() as unit:
        await cancel(unit, aino.id, by=Actor.CUSTOMER, now=cancelled_at)
        return await restore(unit, aino.id, by=by, now=at)


@pytest.mark.parametrize(
    ("cancelled_at", "expected"),
    [(NOW, Outcome.CANCELLED_BY_CUSTOMER), (TEN - HOUR, Outcome.LATE_CANCELLATION)],
)
async def test_who_was_brought_back_at_the_last_moment_has_cancelled_as_they_had(
    world: World, cancelled_at: datetime, expected: Outcome
) -> None:
    aino = await brought_back(world, TEN - 14 * MINUTE, by=Actor.ADVISER, cancelled_at=cancelled_at)

    assert await over(world, aino, ADVISER_CAME) is expected


@pytest.mark.parametrize("told", [(K.DOOR_OPENED, Actor.CUSTOMER, -3.0), (K.CONFIRMED, Actor.API, -3.0)])
async def test_who_said_yes_or_came_to_the_door_knew_that_they_were_brought_back(
    world: World, told: tuple[FactKind, Actor, float]
) -> None:
    aino = await brought_back(world, TEN - 14 * MINUTE, by=Actor.ADVISER)

    assert await over(world, aino, told, ADVISER_CAME) is Outcome.CUSTOMER_NO_SHOW


@pytest.mark.parametrize(("at", "by"), [(TEN - 15 * MINUTE, Actor.ADVISER), (TEN - MINUTE, Actor.CUSTOMER)])
async def test_who_was_written_to_in_time_or_came_back_themselves_is_judged_as_ever(
    world: World, at: datetime, by: Actor
) -> None:
    aino = await brought_back(world, at, by=by)

    assert await over(world, aino, ADVISER_CAME) is Outcome.CUSTOMER_NO_SHOW


async def test_who_left_neither_address_nor_phone_is_told_of_nothing(world: World) -> None:
    aino = await books(world, who=replace(AINO, email="", phone=""))
    async with world.units.write() as unit:
        await cancel(unit, aino.id, by=Actor.CUSTOMER, now=NOW)
        await restore(unit, aino.id, by=Actor.ADMIN, now=NOW)

    assert await over(world, aino, ADVISER_CAME) is Outcome.CANCELLED_BY_CUSTOMER


async def test_an_adviser_who_does_not_come_is_absent_from_one_brought_back_too(world: World) -> None:
    aino = await brought_back(world, TEN - 14 * MINUTE, by=Actor.ADVISER)

    assert await over(world, aino) is Outcome.ADVISER_ABSENT


async def test_a_time_that_staff_set_at_the_last_moment_was_taken_away_by_us(world: World) -> None:
    aino = await books(world)
    async with world.units.write() as unit:
        moved = await move(unit, aino.id, TEN - HOUR, by=Actor.ADVISER, now=TEN - HOUR - 5 * MINUTE)

    assert await over(world, moved, ADVISER_CAME) is Outcome.CANCELLED_BY_US


async def test_a_yes_keeps_a_time_that_was_set_at_the_last_moment(world: World) -> None:
    aino = await brought_back(world, TEN - 5 * MINUTE, by=Actor.ADVISER)
    async with world.units.write() as unit:
        kept = await confirm(unit, aino.id, by=Actor.CUSTOMER, now=TEN - 4 * MINUTE)

    assert kept.status is Status.BOOKED
    assert await over(world, aino, ADVISER_CAME) is Outcome.CUSTOMER_NO_SHOW

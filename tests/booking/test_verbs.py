"""Booking, moving, cancelling, confirming and coming in: what each leaves behind, and what it refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.appointment import Appointment, Status
from booking.attend import come_in, record
from booking.cancel import cancel
from booking.close import close
from booking.confirm import confirm
from booking.errors import NotFound, SlotNotOffered, SlotTaken, TooEarly, TooLate, WrongStatus
from booking.fact import Actor, FactKind
from booking.letter import Channel, LetterKind
from booking.move import move
from booking.outcome import Outcome
from booking.reserve import Wish, reserve
from tests.contracts.world import AINO, KULLERVO, NOW, TEN, World

DAY = timedelta(days=1)


def wish(world: World, **values: object) -> Wish:
    given = {"offering_id": world.talk, "start": TEN, "customer": AINO, "adviser_id": world.ilmari}
    return Wish(**(given | values))  # type: ignore[arg-type]  # of the right types above


async def booked(world: World, **values: object) -> Appointment:
    async with world.units.write() as unit:
        return (await reserve(unit, wish(world, **values), now=NOW)).appointment


async def kinds(world: World, appointment: Appointment) -> list[FactKind]:
    async with world.units.read() as unit:
        return [fact.kind for fact in await unit.facts.of(appointment.id)]


async def letters(world: World) -> list[LetterKind]:
    async with world.units.write() as unit:
        return [
            one.letter.kind for one in await unit.outbox.claim(Channel.MAIL, NOW + 365 * DAY, "test", 100)
        ]


async def reminders(world: World) -> list[LetterKind]:
    async with world.units.write() as unit:
        return [one.kind for one in await unit.reminders.take_due(NOW + 365 * DAY, limit=100)]


async def test_booking_leaves_a_fact_a_letter_and_the_reminders_still_ahead(world: World) -> None:
    appointment = await booked(world)

    assert await kinds(world, appointment) == [FactKind.BOOKED]
    assert await letters(world) == [LetterKind.BOOKED]
    assert await reminders(world) == [LetterKind.ONE_DAY, LetterKind.FIFTEEN_MINUTES]


async def test_taken_slot_is_refused_with_the_next_free_ones(world: World) -> None:
    await booked(world)

    with pytest.raises(SlotTaken) as refused:
        await booked(world)

    assert refused.value.alternatives[0].span.start == TEN


async def test_anybody_who_is_free_is_found_until_nobody_is(world: World) -> None:
    first = await booked(world, adviser_id=None)
    second = await booked(world, adviser_id=None, customer=KULLERVO)

    assert {first.adviser_id, second.adviser_id} == {world.ilmari, world.louhi}
    with pytest.raises(SlotTaken):
        await booked(world, adviser_id=None, customer=replace(AINO, name="Lemminkäinen"))


@pytest.mark.parametrize(
    ("minutes", "refusal"), [(5, SlotNotOffered), (60 * 24 * 365, SlotNotOffered), (-60 * 48, TooLate)]
)
async def test_time_that_is_not_offered_is_refused(
    world: World, minutes: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await booked(world, start=TEN + timedelta(minutes=minutes))


async def test_adviser_of_another_offering_does_not_exist_for_the_wish(world: World) -> None:
    with pytest.raises(NotFound):
        await booked(world, adviser_id=world.bank)


async def test_move_frees_the_old_time_and_plans_the_letters_anew(world: World) -> None:
    appointment = await booked(world)

    async with world.units.write() as unit:
        moved = await move(unit, appointment.id, TEN + 4 * DAY, by=Actor.CUSTOMER, now=NOW)

    assert (moved.span.start, moved.sequence) == (TEN + 4 * DAY, 1)
    assert await kinds(world, moved) == [FactKind.BOOKED, FactKind.MOVED, FactKind.FREED]
    assert await reminders(world) == [
        LetterKind.THREE_DAYS,
        LetterKind.ONE_DAY,
        LetterKind.FIFTEEN_MINUTES,
    ]
    await booked(world)  # the old time is free again


async def test_loser_of_a_move_keeps_the_old_time(world: World) -> None:
    await booked(world, start=TEN + DAY)
    appointment = await booked(world)

    with pytest.raises(SlotTaken):
        async with world.units.write() as unit:
            await move(unit, appointment.id, TEN + DAY, by=Actor.CUSTOMER, now=NOW)

    async with world.units.read() as unit:
        assert await unit.appointments.get(appointment.id) == appointment


async def test_appointment_may_move_by_less_than_its_length(world: World) -> None:
    appointment = await booked(world)

    async with world.units.write() as unit:
        moved = await move(unit, appointment.id, TEN + timedelta(minutes=15), by=Actor.CUSTOMER, now=NOW)

    assert moved.span.start == TEN + timedelta(minutes=15)


async def test_cancelling_frees_the_time_and_decides_the_outcome(world: World) -> None:
    appointment = await booked(world)

    async with world.units.write() as unit:
        cancelled = await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=NOW)
        again = await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=NOW)

    assert (cancelled.status, cancelled.outcome) == (Status.CANCELLED, Outcome.CANCELLED_BY_CUSTOMER)
    assert again == cancelled
    assert await kinds(world, cancelled) == [FactKind.BOOKED, FactKind.CANCELLED, FactKind.FREED]
    assert await reminders(world) == []
    await booked(world)  # the time is free again


async def test_customer_cannot_cancel_or_move_once_it_has_started(world: World) -> None:
    appointment = await booked(world)

    with pytest.raises(TooLate):
        async with world.units.write() as unit:
            await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=TEN)
    with pytest.raises(TooLate):
        async with world.units.write() as unit:
            await move(unit, appointment.id, TEN + DAY, by=Actor.CUSTOMER, now=TEN)


async def test_confirming_twice_is_told_once(world: World) -> None:
    appointment = await booked(world)

    async with world.units.write() as unit:
        first = await confirm(unit, appointment.id, by=Actor.CUSTOMER, now=NOW)
        second = await confirm(unit, appointment.id, by=Actor.CUSTOMER, now=NOW + DAY)

    assert first == second == replace(appointment, confirmed_at=NOW)
    assert await kinds(world, appointment) == [FactKind.BOOKED, FactKind.CONFIRMED]


async def test_door_opens_fifteen_minutes_before_and_closes_after_grace(world: World) -> None:
    appointment = await booked(world)
    opens_at, closes_at = TEN - timedelta(minutes=15), appointment.span.end + timedelta(minutes=10)

    async with world.units.write() as unit:
        with pytest.raises(TooEarly):
            await come_in(unit, appointment.id, now=opens_at - timedelta(seconds=1))
        arrived = await come_in(unit, appointment.id, now=opens_at)
        with pytest.raises(TooLate):
            await come_in(unit, appointment.id, now=closes_at)

    assert arrived.status is Status.ARRIVED


@pytest.mark.parametrize(
    ("is_admitted", "minutes", "expected"),
    [(False, -5, Status.BOOKED), (False, 10, Status.CLOSED), (True, 2, Status.CLOSED)],
)
async def test_meeting_that_was_ended_before_anybody_was_let_in_stays_open_until_grace(
    world: World, is_admitted: bool, minutes: float, expected: Status
) -> None:
    appointment, now = await booked(world), TEN + timedelta(minutes=minutes)

    async with world.units.write() as unit:
        if is_admitted:
            await record(unit, appointment.id, FactKind.ADMITTED, by=Actor.ADVISER, now=now)
        await record(unit, appointment.id, FactKind.ENDED, by=Actor.ADVISER, now=now)
        closed = await close(unit, appointment.id, now=now)

    assert closed.status is expected


async def test_closed_appointment_has_its_outcome_and_cannot_be_changed(world: World) -> None:
    appointment = await booked(world)

    async with world.units.write() as unit:
        closed = await close(unit, appointment.id, now=appointment.span.end + timedelta(minutes=10))

    assert (closed.status, closed.outcome) == (Status.CLOSED, Outcome.ADVISER_ABSENT)
    with pytest.raises(WrongStatus):
        async with world.units.write() as unit:
            await cancel(unit, appointment.id, by=Actor.ADVISER, now=TEN)
    with pytest.raises(WrongStatus):
        async with world.units.write() as unit:
            await move(unit, appointment.id, TEN + DAY, by=Actor.ADVISER, now=NOW)
    with pytest.raises(WrongStatus):
        async with world.units.write() as unit:
            await confirm(unit, appointment.id, by=Actor.CUSTOMER, now=NOW)

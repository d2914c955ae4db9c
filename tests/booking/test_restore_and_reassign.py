"""Undoing a cancellation and giving an appointment to a colleague take no time from anybody."""

from datetime import timedelta
from uuid import uuid4

import pytest

from booking.appointment import Appointment, Status
from booking.cancel import cancel
from booking.errors import NotFound, SlotTaken, TooLate, WrongStatus
from booking.fact import Actor, FactKind
from booking.reassign import reassign
from booking.reserve import Wish, reserve
from booking.restore import can_restore, restore
from identity.permission import Role
from tests.contracts.world import AINO, KULLERVO, NOW, TEN, World, member, offering


async def booked(world: World, **values: object) -> Appointment:
    given: dict[str, object] = {
        "offering_id": world.talk,
        "customer": AINO,
        "adviser_id": world.ilmari,
        "start": TEN,
    }
    wish = Wish(**(given | values))  # type: ignore[arg-type]  # of the right types
    async with world.units.write() as unit:
        return (await reserve(unit, wish, now=NOW)).appointment


async def cancelled(world: World) -> Appointment:
    appointment = await booked(world)
    async with world.units.write() as unit:
        return await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=NOW)


async def test_a_cancelled_appointment_is_restored_to_its_own_time(world: World) -> None:
    gone = await cancelled(world)

    async with world.units.write() as unit:
        back = await restore(unit, gone.id, by=Actor.ADVISER, now=NOW)

    assert (back.status, back.outcome, back.span) == (Status.BOOKED, None, gone.span)
    assert back.sequence == gone.sequence + 1
    async with world.units.write() as unit:
        kinds = [fact.kind for fact in await unit.facts.of(back.id)]
        ahead = await unit.reminders.take_due(TEN, limit=10)
    assert kinds == [FactKind.BOOKED, FactKind.CANCELLED, FactKind.FREED, FactKind.RESTORED]
    assert {one.sequence for one in ahead} == {back.sequence}


async def test_restoring_twice_changes_nothing_more(world: World) -> None:
    gone = await cancelled(world)

    async with world.units.write() as unit:
        first = await restore(unit, gone.id, by=Actor.ADVISER, now=NOW)
        second = await restore(unit, gone.id, by=Actor.ADVISER, now=NOW)

    assert first == second


async def test_a_time_that_somebody_else_has_now_is_not_restored(world: World) -> None:
    gone = await cancelled(world)
    await booked(world, customer=KULLERVO)

    async with world.units.write() as unit:
        with pytest.raises(SlotTaken):
            await restore(unit, gone.id, by=Actor.ADVISER, now=NOW)


async def test_what_would_have_started_is_not_restored(world: World) -> None:
    gone = await cancelled(world)

    async with world.units.write() as unit:
        with pytest.raises(TooLate):
            await restore(unit, gone.id, by=Actor.ADVISER, now=TEN)


async def test_a_colleague_takes_over_and_frees_the_first_advisers_time(world: World) -> None:
    appointment = await booked(world)

    async with world.units.write() as unit:
        given = await reassign(unit, appointment.id, world.louhi, by=Actor.ADVISER, now=NOW)

    assert (given.adviser_id, given.span, given.sequence) == (world.louhi, appointment.span, 0)
    await booked(world, customer=KULLERVO)
    async with world.units.read() as unit:
        fact = (await unit.facts.of(given.id))[-2]
    assert (fact.kind, fact.detail["to"]) == (FactKind.REASSIGNED, str(world.louhi))


async def test_a_colleague_who_has_somebody_cannot_take_over(world: World) -> None:
    appointment = await booked(world)
    await booked(world, customer=KULLERVO, adviser_id=world.louhi, start=TEN + timedelta(minutes=30))

    async with world.units.write() as unit:
        with pytest.raises(SlotTaken):
            await reassign(unit, appointment.id, world.louhi, by=Actor.ADVISER, now=NOW)


async def test_only_who_meets_customers_of_the_offering_can_take_over(world: World) -> None:
    appointment = await booked(world)
    lemminkainen = member(uuid4(), "lemminkainen", world.bank, Role.ADVISER)

    async with world.units.write() as unit:
        await unit.staff.add(lemminkainen)
        with pytest.raises(NotFound):
            await reassign(unit, appointment.id, lemminkainen.member.id, by=Actor.ADVISER, now=NOW)


async def test_nobody_takes_over_what_is_cancelled_or_over(world: World) -> None:
    gone = await cancelled(world)
    live = await booked(world)

    async with world.units.write() as unit:
        with pytest.raises(WrongStatus):
            await reassign(unit, gone.id, world.louhi, by=Actor.ADVISER, now=NOW)
        with pytest.raises(TooLate):
            await reassign(unit, live.id, world.louhi, by=Actor.ADVISER, now=live.span.end)


async def test_the_notice_of_a_booking_does_not_count_for_what_was_booked_in_time(world: World) -> None:
    strict = offering(uuid4(), notice=timedelta(hours=2), team_id=world.bank)
    async with world.units.write() as unit:
        await unit.catalogue.add_offering(strict)
        await unit.catalogue.link(world.ilmari, strict.id)
    appointment = await booked(world, offering_id=strict.id)
    last_moment = TEN - timedelta(minutes=1)

    async with world.units.write() as unit:
        await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=last_moment)
        back = await restore(unit, appointment.id, by=Actor.CUSTOMER, now=last_moment)

    assert back.is_live


@pytest.mark.parametrize("by", [Actor.ADVISER, Actor.ADMIN, Actor.API, Actor.SYSTEM])
async def test_customers_undo_only_what_they_cancelled_themselves(world: World, by: Actor) -> None:
    appointment = await booked(world)
    async with world.units.write() as unit:
        gone = await cancel(unit, appointment.id, by=by, now=NOW)

    async with world.units.write() as unit:
        assert not await can_restore(unit, gone, now=NOW)
        with pytest.raises(WrongStatus):
            await restore(unit, gone.id, by=Actor.CUSTOMER, now=NOW)


async def test_a_page_may_offer_to_undo_only_while_it_can_be_done(world: World) -> None:
    gone = await cancelled(world)

    async with world.units.read() as unit:
        assert await can_restore(unit, gone, now=NOW)
        assert not await can_restore(unit, gone, now=TEN)
    await booked(world, customer=KULLERVO)
    async with world.units.read() as unit:
        assert not await can_restore(unit, gone, now=NOW)

"""Everybody in a disruption is proposed times of their own, with their own adviser where that can be."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from booking.appointment import Appointment, Customer
from booking.disruption import Disruption, Scope
from booking.fact import Actor
from booking.move import move
from booking.propose import MOST, Asking, apart, propose, spread
from booking.slot import Slot
from booking.time_span import TimeSpan, cells
from tests.booking.disrupted import DAY, books, declared
from tests.contracts.world import AINO, LENGTH, NOW, TEN, World, offering

HOUR = timedelta(hours=1)
ILMARI, LOUHI = UUID(int=1), UUID(int=2)
BOTH = frozenset({ILMARI, LOUHI})


def slot(minutes: int, adviser_id: UUID = ILMARI) -> Slot:
    start = TEN + timedelta(minutes=minutes)
    return Slot(TimeSpan(start, start + LENGTH), adviser_id)


def asking(number: int, *, same: UUID | None = ILMARI, anybody: frozenset[UUID] = BOTH) -> Asking:
    return Asking(appointment_id=UUID(int=number), same=same, anybody=anybody)


def customer(number: int) -> Customer:
    return replace(AINO, name=f"Customer {number}", email=f"customer{number}@example.fi")


async def proposed(world: World, one: Disruption, appointment: Appointment) -> list[Slot]:
    async with world.units.read() as unit:
        return list(await propose(unit, one, appointment, now=NOW))


def test_times_that_shut_each_other_out_are_not_both_proposed() -> None:
    talk = offering(UUID(int=9), buffer_after=timedelta(minutes=15))
    found = [slot(0), slot(15), slot(15, LOUHI), slot(45), slot(60)]

    assert apart(found, talk) == [slot(0), slot(15, LOUHI), slot(60)]


def test_the_same_adviser_comes_first_and_then_whoever_is_earliest() -> None:
    found = [slot(0, LOUHI), slot(60, LOUHI), slot(120), slot(180), slot(240)]

    given = spread([asking(1)], found)[UUID(int=1)]

    assert given == [slot(120), slot(180), slot(0, LOUHI)]


def test_no_two_are_given_the_same_and_nobody_two_at_one_start() -> None:
    found = [slot(60 * hour, who) for hour in range(6) for who in (ILMARI, LOUHI)]

    given = spread([asking(number, same=None) for number in (1, 2, 3)], found)

    each = [one for slots in given.values() for one in slots]
    assert len(each) == len(set(each)) == 9
    assert all(len({one.span.start for one in slots}) == MOST for slots in given.values())


def test_who_comes_last_gets_what_is_left() -> None:
    given = spread([asking(1), asking(2)], [slot(0), slot(60), slot(120, LOUHI), slot(180, LOUHI)])

    assert [len(slots) for slots in given.values()] == [3, 1]


async def test_who_cannot_meet_is_replaced_by_who_can(world: World) -> None:
    aino = await books(world)
    one = await declared(world)

    found = await proposed(world, one, aino)

    assert [slot.adviser_id for slot in found] == [world.louhi] * MOST


async def test_in_a_lost_day_the_same_adviser_is_proposed_first(world: World) -> None:
    aino = await books(world)
    one = await declared(world, scope=Scope())

    found = await proposed(world, one, aino)

    assert [slot.adviser_id for slot in found][:2] == [world.ilmari] * 2
    assert not any(slot.span.overlaps(DAY) for slot in found)


async def test_customers_of_one_day_are_proposed_times_that_can_all_be_taken(world: World) -> None:
    in_it = [await books(world, TEN + number * HOUR, who=customer(number)) for number in range(4)]
    one = await declared(world, scope=Scope())

    found = [slot for appointment in in_it for slot in await proposed(world, one, appointment)]

    taken = [(slot.adviser_id, cell) for slot in found for cell in cells(slot.span)]
    assert len(found) == 4 * MOST
    assert len(taken) == len(set(taken))


async def test_whoever_has_answered_leaves_their_times_to_others(world: World) -> None:
    first, second = await books(world, who=customer(1)), await books(world, TEN + HOUR, who=customer(2))
    one = await declared(world, scope=Scope())
    times = await proposed(world, one, first)
    async with world.units.write() as unit:
        await move(unit, first.id, TEN + 240 * HOUR, by=Actor.CUSTOMER, now=NOW)

    assert await proposed(world, one, second) == times

"""A unit is one transaction: all of it or nothing, and those that read change nothing."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from booking.errors import NotFound
from booking.fact import Actor, Fact, FactKind
from tests.contracts.world import NOW, AnyUnits, World


class Fault(Exception):
    """Something went wrong in the middle of a unit."""


async def test_what_was_written_is_there_after_the_unit(world: World) -> None:
    appointment = await world.booked()

    async with world.units.read() as unit:
        assert await unit.appointments.get(appointment.id) == appointment


async def test_an_exception_rolls_all_of_the_unit_back(world: World) -> None:
    appointment = world.appointment()

    async def fail_in_the_middle() -> None:
        async with world.units.write() as unit:
            await unit.appointments.add(appointment, now=NOW)
            await unit.links.make(appointment.id)
            raise Fault

    with pytest.raises(Fault):
        await fail_in_the_middle()

    async with world.units.read() as unit:
        with pytest.raises(NotFound):
            await unit.appointments.get(appointment.id)
    assert await world.booked() is not None  # its cells were freed too


async def test_a_unit_sees_what_it_wrote_itself(world: World) -> None:
    appointment = world.appointment()

    async with world.units.write() as unit:
        await unit.appointments.add(appointment, now=NOW)

        assert await unit.appointments.get(appointment.id) == appointment


async def test_a_unit_that_reads_cannot_write(units: AnyUnits) -> None:
    with pytest.raises((DBAPIError, TypeError)):
        async with units.read() as unit:
            await unit.heartbeats.beat("worker", at=NOW)

    async with units.read() as unit:
        assert await unit.heartbeats.ages(now=NOW) == {}


async def test_do_returns_what_the_work_returns(world: World) -> None:
    appointment = await world.booked()

    found = await world.units.do(lambda unit: unit.appointments.get(appointment.id))

    assert found == appointment


async def test_a_hundred_at_once_lose_no_update(world: World) -> None:
    appointment = await world.booked()

    async def append(number: int) -> None:
        async with world.units.write() as unit:
            last = len(await unit.facts.of(appointment.id))
            detail = {"number": number, "saw_at_most": last}
            await unit.facts.append(
                Fact(
                    appointment_id=appointment.id,
                    at=NOW,
                    kind=FactKind.READY,
                    by=Actor.CUSTOMER,
                    detail=detail,
                )
            )

    await asyncio.gather(*(append(number) for number in range(100)))

    async with world.units.read() as unit:
        history = await unit.facts.of(appointment.id)
    assert [fact.seq for fact in history] == list(range(1, 101))
    assert {fact.detail["number"] for fact in history} == set(range(100))


async def test_read_change_and_write_by_a_hundred_at_once_add_up(world: World) -> None:
    appointment = await world.booked()

    async def increment() -> None:
        async with world.units.write() as unit:
            kept = await unit.appointments.locked(appointment.id)
            await unit.appointments.change(replace(kept, sequence=kept.sequence + 1), now=NOW)

    await asyncio.gather(*(increment() for _ in range(100)))

    async with world.units.read() as unit:
        assert (await unit.appointments.get(appointment.id)).sequence == 100

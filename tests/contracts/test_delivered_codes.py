"""A delivered code: one an appointment, five tries, used once, gone when its time is over."""

import asyncio
from datetime import datetime, timedelta

from booking.appointment import Appointment
from identity.deliver import deliver, try_code
from identity.delivered_code import LASTS, MOST_TRIES, Tried, as_typed, in_groups
from tests.contracts.world import NOW, World

KEY = b"only for tests: 32 bytes or more"


async def delivered(world: World) -> tuple[Appointment, str]:
    appointment = await world.booked()
    async with world.units.write() as unit:
        code = await deliver(unit, appointment.id, key=KEY, by=world.ilmari, now=NOW)
    return appointment, code


async def tries(world: World, appointment: Appointment, code: str, *, at: datetime = NOW) -> Tried | None:
    async with world.units.write() as unit:
        return await try_code(unit, appointment.id, code, key=KEY, now=at)


async def test_the_code_is_right_once(world: World) -> None:
    appointment, code = await delivered(world)

    assert await tries(world, appointment, as_typed(in_groups(code).lower())) == Tried(True, MOST_TRIES - 1)
    assert await tries(world, appointment, code) is None


async def test_five_wrong_tries_make_it_void(world: World) -> None:
    appointment, code = await delivered(world)

    told = [await tries(world, appointment, "AAAA") for _ in range(MOST_TRIES)]

    assert told == [Tried(False, left) for left in (4, 3, 2, 1, 0)]
    assert await tries(world, appointment, code) is None


async def test_of_many_tries_at_once_each_is_counted(world: World) -> None:
    appointment, _ = await delivered(world)

    told = await asyncio.gather(*(tries(world, appointment, f"WRONG{number}") for number in range(8)))

    assert sorted(one.left for one in told if one) == [0, 1, 2, 3, 4]


async def test_a_new_one_voids_the_one_before_and_forgives_its_tries(world: World) -> None:
    appointment, old = await delivered(world)
    for _ in range(MOST_TRIES):
        await tries(world, appointment, "AAAA")
    async with world.units.write() as unit:
        new = await deliver(unit, appointment.id, key=KEY, by=world.ilmari, now=NOW)

    assert await tries(world, appointment, old) == Tried(False, MOST_TRIES - 1)
    assert await tries(world, appointment, new) == Tried(True, MOST_TRIES - 2)


async def test_one_appointments_code_opens_no_other(world: World) -> None:
    appointment, code = await delivered(world)
    other = await world.booked(appointment.span.end)
    async with world.units.write() as unit:
        await deliver(unit, other.id, key=KEY, by=world.ilmari, now=NOW)

    assert await tries(world, other, code) == Tried(False, MOST_TRIES - 1)


async def test_it_is_void_when_its_time_is_over_and_swept_away(world: World) -> None:
    appointment, code = await delivered(world)
    assert await tries(world, appointment, code, at=NOW + LASTS) is None

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=NOW + LASTS - timedelta(seconds=1))
        assert await unit.delivered_codes.find(appointment.id) is not None
        await unit.leftovers.sweep(now=NOW + LASTS)
        assert await unit.delivered_codes.find(appointment.id) is None


async def test_only_a_keyed_digest_is_kept(world: World) -> None:
    appointment, code = await delivered(world)

    async with world.units.write() as unit:
        known = await unit.delivered_codes.find(appointment.id)
        assert known is not None
        assert code.encode() not in known.digest
        another_key = await try_code(unit, appointment.id, code, key=b"k" * 32, now=NOW)
        assert another_key == Tried(False, MOST_TRIES - 1)

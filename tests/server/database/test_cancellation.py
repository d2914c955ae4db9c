"""A request that is cut off in the middle of a unit leaves nothing behind and stands in nobody's way."""

import asyncio
from contextlib import suppress
from uuid import UUID

from booking.errors import NotFound
from server.database.units import SqlUnits
from tests.contracts.world import NOW, TEN, furnished


async def test_a_cancelled_unit_is_rolled_back_and_the_next_one_goes_on(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    appointment = world.appointment(TEN)
    is_inside = asyncio.Event()

    async def hang() -> None:
        async with sql_units.write() as unit:
            await unit.appointments.add(appointment, now=NOW)
            is_inside.set()
            await asyncio.Event().wait()

    hanging = asyncio.create_task(hang())
    await is_inside.wait()
    hanging.cancel()
    await asyncio.wait([hanging])

    await asyncio.wait_for(world.booked(TEN), timeout=5)
    assert not await is_kept(sql_units, appointment.id)


async def test_units_cut_off_anywhere_are_kept_whole_or_not_at_all(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    appointment = await world.booked(TEN)

    async def beat(worker: str) -> None:
        async with sql_units.write() as unit:
            await unit.appointments.locked(appointment.id)
            await unit.heartbeats.beat(f"{worker} first", at=NOW)
            await unit.heartbeats.beat(f"{worker} second", at=NOW)

    for steps in range(40):
        task = asyncio.create_task(beat(str(steps)))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await asyncio.wait_for(beat("last"), timeout=5)

    async with sql_units.read() as unit:
        workers = set(await unit.heartbeats.ages(now=NOW))
    assert {"last first", "last second"} <= workers
    assert {name.replace("first", "second") for name in workers} == {
        name for name in workers if "second" in name
    }


async def test_however_many_wait_all_are_served(sql_units: SqlUnits) -> None:
    world = await furnished(sql_units)
    await world.booked(TEN)
    served: list[int] = []

    async def write(number: int) -> None:
        async with sql_units.write() as unit:
            await unit.calendar.lock([world.ilmari])
            served.append(number)
            await unit.heartbeats.beat("worker", at=NOW)

    async with asyncio.timeout(20):
        await asyncio.gather(*(write(number) for number in range(64)))

    assert sorted(served) == list(range(64))


async def is_kept(units: SqlUnits, appointment_id: UUID) -> bool:
    async with units.read() as unit:
        try:
            await unit.appointments.get(appointment_id)
        except NotFound:
            return False
    return True

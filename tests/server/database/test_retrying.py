"""What a database rolls back because of others is done anew, and in the end refused."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from booking.errors import Contended
from server.database.engine import open_engines
from server.database.unit import SqlUnit
from server.database.units import TRIES, SqlUnits
from tests.contracts.databases import SEALER
from tests.contracts.world import NOW, TEN, furnished
from tests.instances.postgres import Postgres


async def test_two_that_wait_for_each_other_both_get_through(
    postgres: Postgres, postgres_units: SqlUnits
) -> None:
    world = await furnished(postgres_units)
    one, other = await world.booked(TEN), await world.booked(TEN.replace(hour=12))
    both_hold_one = asyncio.Barrier(2)
    runs: list[UUID] = []

    def locking(first: UUID, second: UUID) -> Callable[[SqlUnit], Awaitable[None]]:
        async def work(unit: SqlUnit) -> None:
            runs.append(first)
            await unit.appointments.locked(first)
            if runs.count(first) == 1:
                await both_hold_one.wait()
            await unit.appointments.locked(second)

        return work

    await asyncio.gather(
        postgres_units.do(locking(one.id, other.id)), postgres_units.do(locking(other.id, one.id))
    )

    assert len(runs) == 3  # one of the two was rolled back once


async def test_what_never_gets_through_is_refused_as_contended(sql_units: SqlUnits) -> None:
    runs: list[SqlUnit] = []

    async def work(unit: SqlUnit) -> None:
        runs.append(unit)
        raise Contended

    with pytest.raises(Contended):
        await sql_units.do(work)

    assert len(runs) == TRIES


async def test_after_the_server_dropped_its_connections_the_work_is_done_anew(
    postgres_units: SqlUnits, drop_connections: Callable[[], Awaitable[None]]
) -> None:
    await postgres_units.do(lambda unit: unit.heartbeats.beat("before", at=NOW))

    await drop_connections()
    await postgres_units.do(lambda unit: unit.heartbeats.beat("after", at=NOW))

    async with postgres_units.read() as unit:
        assert set(await unit.heartbeats.ages(now=NOW)) == {"before", "after"}


async def test_a_connection_cut_at_the_end_of_reading_is_contention(
    postgres_units: SqlUnits, drop_connections: Callable[[], Awaitable[None]]
) -> None:
    async def reading() -> None:
        async with postgres_units.read() as unit:
            await unit.heartbeats.ages(now=NOW)
            await drop_connections()

    with pytest.raises(Contended):
        await reading()


async def test_a_lock_of_another_process_on_sqlite_is_contention(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.database.engine.PATIENCE_SECONDS", 0.05)
    holder, waiting = (SqlUnits(open_engines(sqlite_url), SEALER) for _ in range(2))

    async with holder.write() as unit:
        await unit.heartbeats.beat("holder", at=NOW)
        with pytest.raises(Contended):
            async with waiting.write():
                pass

    await waiting.do(lambda unit: unit.heartbeats.beat("waiting", at=NOW))
    await holder.close()
    await waiting.close()


async def test_who_waits_for_another_process_does_not_hold_up_this_one(sqlite_url: str) -> None:
    holder, waiting = (SqlUnits(open_engines(sqlite_url), SEALER) for _ in range(2))
    ticks = 0

    async with holder.write() as unit:
        await unit.heartbeats.beat("holder", at=NOW)
        beating = asyncio.create_task(waiting.do(lambda other: other.heartbeats.beat("waiting", at=NOW)))
        while ticks < 1000:
            ticks += 1
            await asyncio.sleep(0)
        assert not beating.done()
    await asyncio.wait_for(beating, timeout=5)

    async with holder.read() as unit:
        assert set(await unit.heartbeats.ages(now=NOW)) == {"holder", "waiting"}
    await holder.close()
    await waiting.close()

"""Units that write at once on SQLite share a commit, and nothing else: each stands or falls by itself."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from booking.errors import Contended
from server.database.engine import Engines, open_engines
from server.database.near_sqlite import near
from server.database.refused import DatabaseAway
from server.database.shared_commit import SharedCommit
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from tests.contracts.databases import SEALER
from tests.contracts.world import NOW

MANY = 32


class Refused(Exception):
    """A unit's own reason not to be kept."""


@pytest.fixture
async def engines(sqlite_url: str) -> AsyncIterator[Engines]:
    """Engines on SQLite alone."""
    engines = open_engines(sqlite_url)
    yield engines
    await engines.close()


@pytest.fixture
def units(engines: Engines) -> SqlUnits:
    """Units on SQLite alone."""
    return SqlUnits(engines, SEALER)


@pytest.fixture
def commits(engines: Engines) -> list[str]:
    """What is put here makes the next commit fail, as SQLite would say it."""
    wrong: list[str] = []

    @event.listens_for(engines.writing.sync_engine, "commit")
    def _fail(_: object) -> None:
        if wrong:
            raise OperationalError("COMMIT", None, sqlite3.OperationalError(wrong.pop()))

    return wrong


async def beat(units: SqlUnits, worker: str, fault: type[Exception] | None = None) -> None:
    async with units.write() as unit:
        await unit.heartbeats.beat(worker, at=NOW)
        if fault is not None:
            raise fault


async def test_who_waits_at_once_shares_a_commit(engines: Engines, units: SqlUnits) -> None:
    commits: list[object] = []
    event.listen(engines.writing.sync_engine, "commit", commits.append)

    await asyncio.gather(*(beat(units, str(number)) for number in range(MANY)))

    assert await kept(units) == {str(number) for number in range(MANY)}
    assert len(commits) < MANY / 4


async def test_a_unit_that_raises_takes_nobody_with_it(units: SqlUnits) -> None:
    told = await asyncio.gather(
        *(beat(units, str(number), Refused if number % 3 == 0 else None) for number in range(MANY)),
        return_exceptions=True,
    )

    assert [type(one) is Refused for one in told] == [number % 3 == 0 for number in range(MANY)]
    assert await kept(units) == {str(number) for number in range(MANY) if number % 3}


async def test_a_unit_cut_off_in_the_middle_takes_nobody_with_it(units: SqlUnits) -> None:
    is_inside, may_go_on = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        async with units.write() as unit:
            await unit.heartbeats.beat("cut off", at=NOW)
            is_inside.set()
            await may_go_on.wait()

    before = asyncio.create_task(beat(units, "before"))
    hanging = asyncio.create_task(hang())
    after = asyncio.create_task(beat(units, "after"))
    await is_inside.wait()
    hanging.cancel()
    await asyncio.gather(before, after)

    assert hanging.cancelled()
    assert await kept(units) == {"before", "after"}


async def test_a_waiter_that_is_cut_off_stands_in_nobodys_way(units: SqlUnits) -> None:
    waiting = [asyncio.create_task(beat(units, str(number))) for number in range(MANY)]
    for number, one in enumerate(waiting):
        if number % 2:
            one.cancel()
        await asyncio.sleep(0)
    await asyncio.wait(waiting)

    assert {str(number) for number in range(0, MANY, 2)} <= await kept(units)


async def test_a_commit_that_fails_refuses_all_who_shared_it(units: SqlUnits, commits: list[str]) -> None:
    commits.append("disk I/O error")

    told = await asyncio.gather(*(beat(units, str(number)) for number in range(4)), return_exceptions=True)

    assert [type(one) for one in told] == [DatabaseAway] * 4
    assert await kept(units) == set()
    await beat(units, "healed")
    assert await kept(units) == {"healed"}


async def test_all_who_shared_a_failed_commit_are_done_anew(units: SqlUnits, commits: list[str]) -> None:
    commits.append("disk I/O error")

    await asyncio.gather(*(units.do(partial(_beat, number=n)) for n in range(4)))

    assert await kept(units) == set("0123")


async def test_a_refusal_is_not_told_when_its_reason_was_not_kept(
    units: SqlUnits, commits: list[str]
) -> None:
    async def only_the_first() -> None:
        async with units.write() as unit:
            if await unit.heartbeats.ages(now=NOW):
                raise Refused
            await unit.heartbeats.beat("first", at=NOW)

    commits.append("disk I/O error")
    told = await asyncio.gather(only_the_first(), only_the_first(), return_exceptions=True)

    assert [type(one) for one in told] == [DatabaseAway, DatabaseAway]


async def test_a_disk_that_fills_up_in_the_middle_keeps_each_whole_or_not_at_all(
    engines: Engines, units: SqlUnits
) -> None:
    @event.listens_for(engines.writing.sync_engine, "begin")
    def _limit(connection: object) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    async def both(number: int) -> None:
        async with units.write() as unit:
            await unit.heartbeats.beat(f"{number} first", at=NOW)
            await unit.heartbeats.beat(f"{number} second" + " " * (10**6 if number == 2 else 0), at=NOW)

    told = await asyncio.gather(*(both(number) for number in range(5)), return_exceptions=True)

    assert isinstance(told[2], DatabaseAway)
    done = {str(number) for number, one in enumerate(told) if one is None}
    assert await kept(units) == {f"{one} {half}" for one in done for half in ("first", "second")}


async def _beat(unit: SqlUnit, number: int) -> None:
    await unit.heartbeats.beat(str(number), at=NOW)


async def kept(units: SqlUnits) -> set[str]:
    async with units.read() as unit:
        return set(await unit.heartbeats.ages(now=NOW))


async def test_losing_everything_again_and_again_keeps_nobody_waiting(engines: Engines) -> None:
    shared = SharedCommit(engines.writing)

    async def loses_everything() -> None:
        async with shared.turn() as connection:
            near(connection).ask("ROLLBACK")
            raise Refused

    async with asyncio.timeout(10):
        told = await asyncio.gather(*(loses_everything() for _ in range(5)), return_exceptions=True)
        async with shared.turn():
            pass

    assert [type(one) for one in told] == [Contended] * 5

"""What SQLite does on the loop's own thread never holds the loop up for long."""

import asyncio
import sys
import time

import pytest
from sqlalchemy.engine import make_url

from booking.errors import Contended
from server.database.engine import open_engines
from server.database.units import SqlUnits
from tests.contracts.databases import SEALER
from tests.contracts.world import NOW

RECOVERING = """
import fcntl, sys
shared = open(sys.argv[1], "r+b")
fcntl.lockf(shared, fcntl.LOCK_EX, 3, 120)
shared.write(bytes(96))
shared.flush()
print("holds", flush=True)
sys.stdin.read()
"""
"""Another process that mends the log after a crash: the index counts for nothing, and its locks are taken."""


async def test_a_log_that_another_process_mends_does_not_hold_the_loop_up(sqlite_url: str) -> None:
    units = SqlUnits(open_engines(sqlite_url), SEALER)
    await units.do(lambda unit: unit.heartbeats.beat("before", at=NOW))
    async with units.read() as unit:
        await unit.heartbeats.ages(now=NOW)
    index = f"{make_url(sqlite_url).database}-shm"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RECOVERING, index, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    await process.stdout.readline()

    began = time.monotonic()
    with pytest.raises(Contended):
        async with units.read() as unit:
            await unit.heartbeats.ages(now=NOW)
    took = time.monotonic() - began
    process.stdin.close()
    await process.wait()

    async with units.read() as unit:
        assert set(await unit.heartbeats.ages(now=NOW)) == {"before"}
    assert took < 2
    await units.close()

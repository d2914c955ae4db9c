"""A database that goes away or is full: 503, nothing acknowledged is lost, and the server heals by itself.

`make slow` prints `5 restarts of PostgreSQL: … acknowledged, … × 503, 0 lost, 0 half made` and
`disk full: … acknowledged, … × 503, 0 lost, 0 half made`.
"""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.histories.kept import Kept, read_kept
from tests.instances.postgres import DURABLE, running_postgres
from tests.journeys.bookers import Bookers, Tally, begin_to_book, wrong_rows
from tests.journeys.demo_process import kohtaamo, running_demo

pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(1800)]

RESTARTS = 5
DISK_BYTES = 60_000_000
AGAIN = 20
"""So many bookings more show that it has healed."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk that is soon full; left out where mounting is not allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


async def test_restarts_of_postgresql_lose_nothing_and_heal(tmp_path: Path) -> None:
    tally = Tally()
    with running_postgres(DURABLE) as server:
        url = server.url(await server.fresh())
        async with running_demo(tmp_path, database_url=url, goes_by_our_clock=False) as demo:
            key = (await kohtaamo(demo, "api-key", "restarts", "--scope", "booking")).split()[-1]
            bookers = await begin_to_book(demo, key, tally, endures=True)
            for _ in range(RESTARTS):
                await _healed(bookers)
                await asyncio.to_thread(server.command, "-m", "immediate", "restart")
            await _healed(bookers)
            await bookers.stop()
        _judge(f"{RESTARTS} restarts of PostgreSQL", tally, await read_kept(url))


async def test_full_disk_loses_nothing_and_heals(small_disk: Path) -> None:
    tally = Tally()
    async with running_demo(small_disk, goes_by_our_clock=False) as demo:
        key = (await kohtaamo(demo, "api-key", "full", "--scope", "booking")).split()[-1]
        bookers = await begin_to_book(demo, key, tally, endures=True)
        await _healed(bookers)
        ballast = small_disk / "ballast"
        _fill(ballast)
        async with asyncio.timeout(120):
            while not tally.told[503]:  # noqa: ASYNC110 what clients are told has no event
                await asyncio.sleep(0.05)
        ballast.unlink()
        await _healed(bookers)
        await bookers.stop()
        kept = await read_kept(f"sqlite:///{demo.data / 'kohtaamo.sqlite3'}")
    _judge("disk full", tally, kept)


def _judge(what: str, tally: Tally, kept: Kept) -> None:
    lost, wrong = tally.lost(kept), wrong_rows(kept)
    print(
        f"{what}: {len(tally.acknowledged)} acknowledged, {tally.told[503]} × 503, "
        f"{len(lost)} lost, {len(wrong)} half made"
    )
    assert (lost, wrong) == (set(), [])
    assert tally.told[503] > 0
    assert set(tally.told) <= {201, 409, 503}
    assert tally.hopeless == 0  # each 503 said when to come again


async def _healed(bookers: Bookers) -> None:
    """Wait until bookings go through; the server is the same as before."""
    enough = len(bookers.tally.acknowledged) + AGAIN
    async with asyncio.timeout(120):
        while len(bookers.tally.acknowledged) < enough:
            assert not bookers.under_way.done()
            await asyncio.sleep(0.05)


def _fill(ballast: Path) -> None:
    """Write until there is no room, and leave none."""
    with ballast.open("wb", buffering=0) as file:
        for size in (1_000_000, 4096, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue

"""A server that is killed while many book loses nothing that it acknowledged, and keeps nothing half made.

`make slow` prints `20 kills: … acknowledged, … kept, 0 lost, 0 half made`.
"""

import asyncio
from pathlib import Path
from random import Random

import pytest

from tests.histories.kept import read_kept
from tests.journeys.bookers import Tally, begin_to_book, wrong_rows
from tests.journeys.demo_process import kohtaamo, running_demo

pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(1800)]

KILLS = 20


async def test_twenty_kills_under_load_lose_no_acknowledged_booking(tmp_path: Path) -> None:
    chance, tally, key = Random(20), Tally(), ""
    for number in range(KILLS):
        async with running_demo(tmp_path, smtp_url="") as demo:
            key = key or (await kohtaamo(demo, "api-key", "kills", "--scope", "booking")).split()[-1]
            bookers = await begin_to_book(demo, key, tally, seed=number)
            await asyncio.sleep(chance.uniform(0.3, 1.0))  # at no moment that anybody chose
            demo.kill()
            await bookers.under_way

    kept = await read_kept(f"sqlite:///{tmp_path / 'data' / 'kohtaamo.sqlite3'}")
    lost, wrong = tally.lost(kept), wrong_rows(kept)
    print(
        f"{KILLS} kills: {len(tally.acknowledged)} acknowledged, {len(kept.appointments)} kept, "
        f"{len(lost)} lost, {len(wrong)} half made"
    )
    assert len(tally.acknowledged) > KILLS
    assert set(tally.told) <= {201, 409}
    assert (lost, wrong) == (set(), [])

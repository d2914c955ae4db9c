"""A thousand orders in which people come, go, are let in, sent back and away, while the server restarts.

It prints `1,000 orders, … steps, … frames to the un-admitted: 0 of media, text or names; 0 places lost`.
"""

from datetime import timedelta
from random import Random

import pytest

from tests.contracts.world import NOW, furnished
from tests.memory.units import MemoryUnits
from tests.simulated.crowd import Crowd

STEPS = 30


async def orders(number: int) -> None:
    steps = frames = 0
    wrong: list[str] = []
    for seed in range(number):
        crowd = Crowd(
            world=await furnished(MemoryUnits()), random=Random(seed), now=NOW + timedelta(hours=seed)
        )
        await crowd.begin()
        for _ in range(STEPS):
            await crowd.step()
            await crowd.check()
            steps += 1
        frames += crowd.counts["frames to the un-admitted"]
        wrong += [f"order {seed}: {each}" for each in crowd.wrong]
    leaked = [each for each in wrong if "heard" in each]
    print(
        f"{number:,} orders, {steps:,} steps, {frames:,} frames to the un-admitted: "
        f"{len(leaked)} of media, text or names; {len(wrong) - len(leaked)} places lost"
    )
    assert wrong == []


async def test_forty_orders_tell_nothing_too_early_and_lose_nobodys_place() -> None:
    await orders(40)


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_a_thousand_orders_tell_nothing_too_early_and_lose_nobodys_place() -> None:
    await orders(1_000)

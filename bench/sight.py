"""What people see: how soon the other's picture comes, and how soon a page is turned on both screens."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.async_api import Browser

import bench.floor.pair
import bench.our_pair
from bench.browser import running_browser
from bench.figure import Figure, ratio_of_medians
from bench.floor.pair import floor_pair
from bench.floor.process import Floor, running_floor
from bench.our_pair import our_pair, pictures, write_paper
from bench.pair import Call, Pair, turn
from bench.pair import join as join_pair
from tests.journeys.demo_process import Demo, running_demo

JOINS = 12
TURNS_A_CALL = 8
CALLS_WITH_TURNS = 3
JOIN_TARGET = 1.5
TURN_TARGET = 2.0


@dataclass(frozen=True, slots=True)
class Stage:
    """What both benchmarks play on."""

    browser: Browser
    demo: Demo
    floor: Floor
    folder: Path


async def join() -> Sequence[Figure]:
    """Measure in turns: floor, ours with what the profile has in its cache, ours with an empty cache."""
    bare: list[float] = []
    ours: list[float] = []
    cold: list[float] = []
    requests: list[float] = []
    async with _stage() as stage:
        mine, theirs = await our_pair(stage.browser, stage.demo), await floor_pair(stage.browser, stage.floor)
        for pair in (theirs, mine):  # once unmeasured: the server is warm, and so is the browser
            await (await join_pair(pair)).close()
        for _ in range(JOINS):
            bare.append((await _joined(theirs)).took_ms)
            ours.append((await _joined(mine)).took_ms)
            call = await _joined(mine, is_cold=True)
            cold.append(call.took_ms)
            requests.append(call.requests)
    figures = (
        ratio_of_medians("join", ours, bare, target=JOIN_TARGET),
        ratio_of_medians("join-cold-cache", cold, bare, target=JOIN_TARGET),
    )
    return (*figures, Figure(name="join-requests", value=median(requests), unit="requests of a cold page"))


async def page_turn() -> Sequence[Figure]:
    """Turn pages in a call that lives, a few in each: with the floor, with ours, and again."""
    bare: list[float] = []
    ours: list[float] = []
    async with _stage() as stage:
        mine = await our_pair(stage.browser, stage.demo, write_paper(stage.folder / "offer.pdf"))
        await _lend_pictures(mine, stage.floor)
        theirs = await floor_pair(stage.browser, stage.floor, with_pictures=True)
        for _ in range(CALLS_WITH_TURNS):
            bare += await _turns(theirs, bench.floor.pair.NEXT, bench.floor.pair.PREVIOUS)
            ours += await _turns(mine, bench.our_pair.NEXT, bench.our_pair.PREVIOUS)
    return (ratio_of_medians("page-turn", ours, bare, target=TURN_TARGET),)


async def _joined(pair: Pair, *, is_cold: bool = False) -> Call:
    call = await join_pair(pair, is_cold=is_cold)
    await call.close()
    return call


async def _turns(pair: Pair, forth: str, back: str) -> list[float]:
    """Turn to the second page and back; the first time round is not counted, since it may fetch a picture."""
    call = await join_pair(pair)
    for page in (call.earlier, call.later):
        await page.locator('[data-document-page="1"] img[data-loaded]').wait_for()
    took: list[float] = []
    for _ in range(1 + TURNS_A_CALL // 2):
        for button, page_number in ((forth, 2), (back, 1)):
            await call.later.wait_for_timeout(150)
            took.append(await turn(call, button, page_number))
    await call.close()
    return took[2:]


async def _lend_pictures(mine: Pair, floor: Floor) -> None:
    call = await join_pair(mine)
    await call.later.locator("#documents img[data-loaded]").wait_for()
    for number, content in enumerate(await pictures(call.later), start=1):
        floor.lend(str(number), content)
    await call.close()


@asynccontextmanager
async def _stage() -> AsyncIterator[Stage]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            running_demo(folder, smtp_url="", goes_by_our_clock=False) as demo,
            running_floor(folder) as floor,
            running_browser() as browser,
        ):
            yield Stage(browser, demo, floor, folder)
        assert demo.faults == [], demo.faults

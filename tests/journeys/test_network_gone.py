"""A network that is gone for a while, or is another one afterwards, ends no call and leaves no ghost of one.

`make slow` prints `network gone 10 s: sound back after … s, picture after … s` of the later side; and the
same where the line to the server was gone with it.
"""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.apart import Apart, apart
from tests.instances.link import Weather
from tests.journeys.call_figures import until_back
from tests.journeys.demo_process import running_demo
from tests.journeys.people import Customer, Staff
from tests.journeys.test_meeting_survives import in_a_meeting

pytestmark = [pytest.mark.slow, pytest.mark.journey]

ANOTHER = "198.18.7.3"
HEARD_AGAIN = 5.0
"""A browser alone gives a connection up, and begins anew, after three times as long."""


async def test_network_that_was_gone_comes_back_with_the_call(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as demo, apart(tmp_path, demo.address) as places:
        aino, ilmari = await in_a_meeting(demo, places.new_context)
        for seconds, bar in ((3, 1.0), (10, 1.0), (40, 2.0)):
            await places.link.be(Weather(is_cut=True))
            await asyncio.sleep(seconds)
            await places.link.be(Weather())
            sound, picture = await until_both_back(aino, ilmari)
            figures = f"sound back after {sound:.2f} s (bar {bar}), picture after {picture:.2f} s"
            print(f"network gone {seconds} s: {figures}")
            assert max(sound, picture) <= bar
            await aino.sees_and_hears()
            await ilmari.sees_and_hears()
        await leaves_no_ghost(aino, ilmari)


async def test_whole_network_that_was_gone_comes_back_with_line_and_call(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as demo, apart(tmp_path, demo.address) as places:
        aino, ilmari = await in_a_meeting(demo, places.new_context)
        for seconds, bar in ((3, 1.0), (10, 1.0), (40, 2.0)):
            await places.link.be(Weather(is_cut=True))
            places.doors[0].swallows = True
            await asyncio.sleep(seconds)
            await places.link.be(Weather())
            places.doors[0].swallows = False
            sound, picture = await until_both_back(aino, ilmari)
            figures = f"sound back after {sound:.2f} s (bar {bar}), picture after {picture:.2f} s"
            print(f"all of one side's network gone {seconds} s: {figures}")
            await expect(aino.page.locator('#main[data-state="connected"]')).to_be_visible()
            await expect(ilmari.page.locator('#main[data-state="connected"]')).to_be_visible()
            assert max(sound, picture) <= bar
        await leaves_no_ghost(aino, ilmari)


async def test_other_network_is_found_before_the_browser_gives_the_old_one_up(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as demo, apart(tmp_path, demo.address) as places:
        aino, ilmari = await in_a_meeting(demo, places.new_context)

        sound, picture = await after_another_address(places, aino, ilmari)

        heard = f"sound back after {sound:.2f} s (bar {HEARD_AGAIN})"
        print(f"another network: {heard}, picture after {picture:.2f} s")
        assert sound <= HEARD_AGAIN
        await leaves_no_ghost(aino, ilmari)


async def after_another_address(places: Apart, aino: Customer, ilmari: Staff) -> tuple[float, float]:
    await places.readdress(ANOTHER)
    return await until_both_back(aino, ilmari)


async def until_both_back(aino: Customer, ilmari: Staff) -> tuple[float, float]:
    """Return after how long the later of the two hears, and the later of the two sees."""
    back = await asyncio.gather(*(until_back(each.page, within=60) for each in (aino, ilmari)))
    return max(sound for sound, _ in back), max(picture for _, picture in back)


async def leaves_no_ghost(aino: Customer, ilmari: Staff) -> None:
    """Find one connection at each side, which goes on; both at the table, and nobody who knocks."""
    for each in (aino, ilmari):
        await each.sees_and_hears()
        assert await connections(each.page) == 1
        await each.is_in("table")
    await expect(ilmari.page.locator("#knocks > *")).to_have_count(0)


async def connections(page: Page) -> int:
    """Count the connections that the page has made and not closed."""
    alive: int = await page.evaluate(
        "window.connections.filter((each) => each.connectionState !== 'closed').length"
    )
    return alive

"""On a network with little room the picture rests so that the voice goes on, and comes back by itself.

`make slow` prints `64 kbit/s: voice only after … s, then concealed …, picture back after … s`,
and how many bytes of sound a packet carried, and before.
"""

import asyncio
from pathlib import Path
from time import monotonic

import pytest
from playwright.async_api import expect

from tests.instances.apart import apart
from tests.instances.link import Weather
from tests.journeys.call_figures import counted, stretches
from tests.journeys.demo_process import running_demo
from tests.journeys.people import Customer, Staff
from tests.journeys.test_meeting_survives import in_a_meeting

pytestmark = [pytest.mark.slow, pytest.mark.journey]

NARROW = Weather(kbits=64.0)
VOICE_ONLY = 10.0
RESTS = "Kuva on tauolla"


async def test_sixty_four_kilobits_carry_the_voice_and_the_picture_comes_back(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as demo, apart(tmp_path, demo.address) as places:
        aino, ilmari = await in_a_meeting(demo, places.new_context)
        wide = await stretches((aino.page, ilmari.page), 15)
        before = max(each.concealed for each in wide)
        await places.link.be(NARROW)
        began = monotonic()
        rested = await until_pictures_rest(aino, ilmari, within=20)
        await expect(aino.page.locator("#meeting-status")).to_contain_text(RESTS)
        await expect(aino.page.locator("#meeting-blank")).to_be_visible()
        await asyncio.sleep(max(0.0, VOICE_ONLY - (monotonic() - began)))
        narrow = await stretches((aino.page, ilmari.page), 30)
        concealed = max(each.concealed for each in narrow)

        await places.link.be(Weather())
        back = await until_pictures_come(aino, ilmari, within=60)

        figures = f"voice only after {rested:.1f} s, then concealed {concealed:.2%} (before: {before:.2%})"
        sound = [sum(each.packet_bytes for each in both) / 2 for both in (narrow, wide)]
        print(f"64 kbit/s: {figures}, picture back after {back:.1f} s")
        print(f"a packet of sound: {sound[0]:.0f} bytes (before: {sound[1]:.0f})")
        assert sound[0] < sound[1] / 1.6
        assert rested <= VOICE_ONLY
        assert concealed <= max(0.02, 1.2 * before)
        assert back <= 30
        await expect(aino.page.locator("#meeting-status")).not_to_contain_text(RESTS)


async def until_pictures_rest(aino: Customer, ilmari: Staff, *, within: float) -> float:
    """Return after how many seconds neither side sends a picture any more."""
    began = monotonic()
    while monotonic() - began < within:
        first = [(await counted(each.page)).sent for each in (aino, ilmari)]
        at = monotonic() - began
        await asyncio.sleep(1)
        if first == [(await counted(each.page)).sent for each in (aino, ilmari)]:
            return at
    raise AssertionError(f"pictures are sent still, after {within} s")


async def until_pictures_come(aino: Customer, ilmari: Staff, *, within: float) -> float:
    """Return after how many seconds frames come to both sides; a new picture counts from none."""
    began, seen = monotonic(), [0, 0]
    last = [(await counted(each.page)).frames for each in (aino, ilmari)]
    while monotonic() - began < within:
        now = [(await counted(each.page)).frames for each in (aino, ilmari)]
        seen = [count + (later > earlier) for count, earlier, later in zip(seen, last, now, strict=True)]
        if min(seen) > 1:
            return monotonic() - began
        last = now
        await asyncio.sleep(0.2)
    raise AssertionError(f"no picture within {within} s")

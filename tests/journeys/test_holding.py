"""A chosen time is kept while its form is open, and nobody else gets it meanwhile."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Customer, customer

pytestmark = pytest.mark.journey

NURSE = "Terveydenhoitajan vastaanotto"
NEARLY_TEN = re.compile(r"^(9:5\d|10:00)$")
A_MOMENT = timedelta(seconds=25)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with running_demo(tmp_path) as running:
        yield running


def in_three_hours(demo: Demo) -> datetime:
    """Return an hour of the demo's nurse, who is there around the clock."""
    return (demo.now() + timedelta(hours=3)).replace(minute=0, second=0, microsecond=0)


async def test_aino_leaves_comes_back_and_gives_back_what_kullervo_then_gets(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    kullervo = await customer(await new_context(), demo)
    await kullervo.looks_for_times(NURSE)
    chosen = in_three_hours(demo)
    first = chosen.strftime("%Y-%m-%dT%H:%M:%SZ")

    form = await aino.holds(NURSE, at=chosen)
    await expect(aino.page.locator("#hold-left")).to_have_text(NEARLY_TEN)
    await kullervo.chooses(chosen)
    await expect(kullervo.page.locator("h1")).to_have_text("Tämä aika ei ole enää vapaa")

    await aino.open("/privacy")
    await _server_was_told(demo, aino.page, "leave", 1)
    async with aino.page.expect_response(re.compile("/stay$")):
        await aino.open(form)
    demo.turn_clock(A_MOMENT)
    assert first not in await _times_for(kullervo)

    await aino.open("/privacy")
    await _server_was_told(demo, aino.page, "leave", 2)
    demo.turn_clock(A_MOMENT)
    assert first in await _times_for(kullervo)

    await aino.holds(NURSE, at=chosen)
    await aino.page.locator("#hold button").click()
    await expect(aino.page.locator("main")).to_contain_text("Aika on taas vapaa.")
    assert first in await _times_for(kullervo)
    await kullervo.books(NURSE, "Kullervo Kalervonpoika", "kullervo@example.org", at=chosen)


async def test_the_countdown_is_said_aloud_twice_and_ends_calmly(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    await aino.page.clock.install()
    await aino.holds(NURSE, at=in_three_hours(demo))
    said, box = aino.page.locator("#hold-news"), aino.page.locator("#hold")
    async with aino.page.expect_response(re.compile("/stay$")):
        await aino.page.clock.run_for(9_000)

    await expect(aino.page.locator("#hold-left")).to_have_text(NEARLY_TEN)
    await aino.page.clock.run_for(5 * 60_000)
    await expect(said).to_have_text("Aika on varattuna vielä viisi minuuttia.")
    await aino.page.clock.run_for(4 * 60_000)
    await expect(said).to_have_text("Aika on varattuna vielä yhden minuutin.")
    await aino.page.clock.run_for(60_000)
    await expect(said).to_contain_text("Aika ei ole enää varattuna")
    await expect(box).to_have_attribute("data-state", "over")

    await aino.fills_in("Aino Virtanen", "aino@example.org")
    await aino.page.wait_for_url(re.compile(r"/a/[\w-]{22}"))


async def _times_for(person: Customer) -> list[str | None]:
    await person.looks_for_times(NURSE)
    buttons = person.page.locator('button[name="start"]')
    return [await button.get_attribute("value") for button in await buttons.all()]


async def _server_was_told(demo: Demo, page: Page, what: str, times: int) -> None:
    """Wait until the server has written down that a page said so; the page itself is gone."""
    for _ in range(100):
        if sum(f"{{hold_id}}/{what}" in line for line in demo.log) >= times:
            return
        await page.wait_for_timeout(50)
    raise AssertionError(f"the server was not told to {what}")

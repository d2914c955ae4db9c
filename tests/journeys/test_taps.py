"""From the reminder to the waiting room, for a person who practised: at most three taps, in two browsers.

It prints `from the reminder to the waiting room, chromium: … taps, and what the bank asks`.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.days import next_monday
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.outbox import Outbox
from tests.journeys.people import Customer
from tests.journeys.practising import Practising

pytestmark = pytest.mark.journey

MOST = 3
AT_THE_BANK = "/demo/bank"


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with running_demo(tmp_path) as running:
        yield running


@pytest.fixture
async def page(new_browser: NewContext | NewFirefox, demo: Demo) -> Page:
    return await (await new_browser(viewport=PHONE, base_url=demo.address)).new_page()


async def taps_what_stands_first(page: Page) -> None:
    """Tap the one button that the page puts before all others."""
    await page.locator(".button--primary:visible, main form .button:visible").first.click()


async def test_who_practised_is_in_the_waiting_room_after_three_taps(demo: Demo, page: Page) -> None:
    aino, start = Customer(page, demo), next_monday(demo, 14)
    demo.turn_clock_to(start - timedelta(hours=4))
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org", at=start)
    practising = Practising(page, demo)
    await practising.opens(f"{path}/practice")
    await practising.walks()
    await practising.verdict()
    demo.turn_clock_to(start - timedelta(minutes=14))
    link = await Outbox(page).link("aino@example.org", rf"{path}/door")

    taps = 1  # on the link in the letter
    await aino.open(link)
    while not await page.locator("#meeting").count() and taps <= MOST + 1:
        if AT_THE_BANK in page.url:
            await aino.chooses_at_the_bank("aino")
        else:
            await taps_what_stands_first(page)
            taps += 1
        await page.wait_for_load_state()

    await aino.is_in("waiting")
    await expect(page.locator("#meeting-status")).to_contain_text("Olette seuraavana")
    await expect(page.locator("#mute")).to_be_enabled()
    browser = page.context.browser
    name = browser.browser_type.name if browser else "?"
    print(f"\nfrom the reminder to the waiting room, {name}: {taps} taps, and what the bank asks")
    assert taps <= MOST

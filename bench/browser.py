"""One Chromium with fake devices for all pairs, and profiles whose pages are watched."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.instances.browser import DESKTOP, FLAGS, find_chromium

WATCH = Path(__file__).with_name("watch.js").read_text()


@asynccontextmanager
async def running_browser() -> AsyncIterator[Browser]:
    """Start it; root may not have its sandbox."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        yield browser
        await browser.close()


async def new_profile(browser: Browser) -> BrowserContext:
    context = await browser.new_context(
        locale="fi-FI", viewport=DESKTOP, timezone_id="Europe/Helsinki", permissions=["camera", "microphone"]
    )
    context.set_default_timeout(20_000)
    await context.add_init_script(WATCH)
    return context


async def new_page(context: BrowserContext, *, is_cold: bool) -> Page:
    """Open an empty page; a cold one keeps and finds nothing in the browser's cache."""
    page = await context.new_page()
    if is_cold:
        session = await context.new_cdp_session(page)
        await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return page


async def first_mark(page: Page, kind: str, after: float, what: str = "") -> float:
    """Wait in the page, without polling, for what watch.js notes; returns the moment in milliseconds."""
    at: float = await page.evaluate(
        "([kind, after, what]) => window.bench.first(kind, after, what)", [kind, after, what]
    )
    return at

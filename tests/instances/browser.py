"""A real Chromium with a fake camera and microphone, shared by the tests of one process."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Literal, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    ProxySettings,
    Response,
    ViewportSize,
    async_playwright,
)

from tests.overheard.ear import EAR
from tests.overheard.traffic import hear_answer, plant_from_address

NOT_OURS = (
    "Translate",
    "OptimizationHints",
    "MediaRouter",
    "DialMediaRouteProvider",
    # Beside each page of ours two pages for the address bar were loaded, with hundreds of scripts.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)
# Camera and microphone are Chromium's own test pictures and beeps; nothing is asked for or looked up.
FLAGS = (
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
    "--no-pings",
    "--disable-default-apps",
    "--disable-domain-reliability",
    f"--disable-features={','.join(NOT_OURS)}",
)
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=800)
ColorScheme = Literal["dark", "light", "no-preference"]


class NewContext(Protocol):
    """Makes a browser profile of its own, like another person at another device."""

    def __call__(
        self,
        *,
        locale: str = ...,
        viewport: ViewportSize = ...,
        color_scheme: ColorScheme = ...,
        base_url: str | None = ...,
        java_script_enabled: bool = ...,
        proxy: str | None = ...,
    ) -> Awaitable[BrowserContext]: ...


def find_chromium() -> str:
    """Find the browser that Debian packages; Playwright's own is a download that we do without."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("Chromium is not installed: apt-get install chromium")


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start Chromium once."""
    async with started_browser() as started:
        yield started


@asynccontextmanager
async def started_browser(*more: str) -> AsyncIterator[Browser]:
    """Start one of its own, with these flags more; root may not have its sandbox."""
    program = find_chromium()
    flags = [*FLAGS, *more, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=program, args=flags)
        yield started
        await started.close()


@pytest.fixture
async def new_context(browser: Browser) -> AsyncIterator[NewContext]:
    """Make profiles for the people of one test; all are closed with it."""
    async with made_contexts(browser) as make:
        yield make


@asynccontextmanager
async def made_contexts(browser: Browser) -> AsyncIterator[NewContext]:
    """Make profiles in a browser; all are closed when the block is left."""
    contexts: list[BrowserContext] = []
    heard: list[asyncio.Task[None]] = []

    async def make(
        *,
        locale: str = "fi-FI",
        viewport: ViewportSize = DESKTOP,
        color_scheme: ColorScheme = "light",
        base_url: str | None = None,
        java_script_enabled: bool = True,
        proxy: str | None = None,
    ) -> BrowserContext:
        context = await browser.new_context(
            locale=locale,
            viewport=viewport,
            color_scheme=color_scheme,
            base_url=base_url,
            java_script_enabled=java_script_enabled,
            timezone_id="Europe/Helsinki",
            permissions=["camera", "microphone"],
            ignore_https_errors=True,
            proxy=ProxySettings(server=proxy, bypass="<-loopback>") if proxy else None,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        context.on("response", lambda answer: heard.append(asyncio.create_task(_hear(answer))))
        return context

    yield make
    for context in contexts:
        for cookie in await context.cookies():
            if cookie["name"] != "lang":
                EAR.plant(f"cookie {cookie['name']}", cookie["value"])
        await context.close()
    await asyncio.gather(*heard)


async def _hear(answer: Response) -> None:
    """Hear an answer for the search for secrets; one whose page is left meanwhile tells nothing."""
    plant_from_address(answer.url)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        with suppress(Error):
            hear_answer(urlsplit(answer.url).path, answer.status, await answer.text())

"""A real Firefox beside Chromium, with a fake camera and microphone: the second browser of the tests."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Mapping
from types import MappingProxyType
from typing import Protocol

import pytest
from playwright.async_api import Browser, BrowserContext, Playwright, ViewportSize, async_playwright

from tests.instances.browser import DESKTOP

# Debian's own Firefox, driven by WebDriver BiDi: what Playwright would download is a patched one.
CHANNEL = "moz-firefox"
PREFERENCES: Mapping[str, str | float | bool] = MappingProxyType(
    {
        "media.navigator.streams.fake": True,
        "media.navigator.permission.disabled": True,
        "permissions.default.camera": 1,
        "permissions.default.microphone": 1,
        "media.autoplay.default": 0,
        "media.autoplay.blocking_policy": 0,
        "media.peerconnection.ice.loopback": True,
        "media.gmp-manager.updateEnabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
    }
)


class NewFirefox(Protocol):
    """Makes a profile of its own, as `NewContext` does in Chromium.

    It follows neither `color_scheme` nor `java_script_enabled`, which WebDriver BiDi cannot tell Firefox.
    """

    def __call__(
        self, *, locale: str = ..., viewport: ViewportSize = ..., base_url: str | None = ...
    ) -> Awaitable[BrowserContext]: ...


def find_firefox() -> str:
    """Find the extended support release that Debian packages, or another new enough."""
    for name in ("firefox-esr", "firefox"):
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("Firefox is not installed: apt-get install firefox-esr")


@pytest.fixture(scope="session")
async def firefox() -> AsyncIterator[Browser]:
    """Start Firefox once."""
    async with async_playwright() as playwright:
        started = await start_firefox(playwright)
        yield started
        await started.close()


async def start_firefox(
    playwright: Playwright, preferences: Mapping[str, str | float | bool] = MappingProxyType({})
) -> Browser:
    """Start one, with these preferences more."""
    return await playwright.firefox.launch(
        channel=CHANNEL,
        executable_path=find_firefox(),
        firefox_user_prefs={**PREFERENCES, **preferences},
    )


@pytest.fixture
async def new_firefox(firefox: Browser) -> AsyncIterator[NewFirefox]:
    """Make profiles in Firefox for the people of one test; all are closed with it."""
    contexts: list[BrowserContext] = []

    async def make(
        *, locale: str = "fi-FI", viewport: ViewportSize = DESKTOP, base_url: str | None = None
    ) -> BrowserContext:
        context = await firefox.new_context(
            locale=locale,
            viewport=viewport,
            base_url=base_url,
            timezone_id="Europe/Helsinki",
            ignore_https_errors=True,
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        await context.close()

"""Two browsers in two network namespaces: media go over a link that we hold, and the server is beside it.

A port of each namespace's own localhost leads to the server, undisturbed unless its `Door.swallows`. Only the
media know of the link: a fault there is a fault of the network between two people.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    Playwright,
    ProxySettings,
    ViewportSize,
    async_playwright,
)

from tests.instances.browser import DESKTOP, FLAGS, NOT_OURS, ColorScheme, find_chromium
from tests.instances.door import Door, door_in
from tests.instances.link import Weather
from tests.instances.namespaces import ip, two_namespaces

WEBRTC_FLAGS = ("--no-sandbox", f"--disable-features={','.join((*NOT_OURS, 'WebRtcHideLocalIpsWithMdns'))}")


@dataclass(slots=True)
class Link:
    """The process between the two namespaces."""

    process: Process

    async def be(self, weather: Weather) -> None:
        """Change the weather, from the next packet on."""
        await self._say(asdict(weather))

    async def gaps(self) -> tuple[float, float]:
        """Return the longest gaps in the sound of the near and the far side since last asked, in ms."""
        await self._say({"gaps": True})
        assert self.process.stdout is not None
        near, far = json.loads(await self.process.stdout.readline())
        return near, far

    async def _say(self, said: dict[str, object]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(said).encode() + b"\n")
        await self.process.stdin.drain()


@dataclass(slots=True)
class Apart:
    """Two places; `new_context` makes a profile at the near one first, and then at the far one."""

    link: Link
    doors: tuple[Door, Door]
    browsers: tuple[Browser, Browser]
    names: tuple[str, str]
    made: int = 0

    async def new_context(
        self,
        *,
        locale: str = "fi-FI",
        viewport: ViewportSize = DESKTOP,
        color_scheme: ColorScheme = "light",
        base_url: str | None = None,
        java_script_enabled: bool = True,
        proxy: str | None = None,
    ) -> BrowserContext:
        browser = self.browsers[self.made]
        self.made += 1
        context = await browser.new_context(
            locale=locale,
            viewport=viewport,
            color_scheme=color_scheme,
            base_url=base_url,
            java_script_enabled=java_script_enabled,
            timezone_id="Europe/Helsinki",
            permissions=["camera", "microphone"],
            proxy=ProxySettings(server=proxy) if proxy else None,
        )
        context.set_default_timeout(40_000)
        return context

    async def readdress(self, address: str) -> None:
        """Take the near side's address away and give it another, as from one network to the next."""
        near = self.names[0]
        await ip("-n", near, "address", "flush", "dev", "wire")
        await ip("-n", near, "address", "add", address, "peer", "198.18.7.2", "dev", "wire")
        await ip("-n", self.names[1], "route", "replace", f"{address}/32", "dev", "wire")


@asynccontextmanager
async def apart(folder: Path, address: str) -> AsyncIterator[Apart]:
    """Open two places from which a server's address is reached, and take them down."""
    port = urlsplit(address).port or 80
    async with AsyncExitStack() as stack:
        near, far = await stack.enter_async_context(two_namespaces())
        link = await stack.enter_async_context(linked(near, far))
        playwright = await stack.enter_async_context(async_playwright())
        doors = [await stack.enter_async_context(door_in(name, port)) for name in (near, far)]
        browsers = [
            await stack.enter_async_context(_browser(playwright, folder, name)) for name in (near, far)
        ]
        yield Apart(link, (doors[0], doors[1]), (browsers[0], browsers[1]), (near, far))


@asynccontextmanager
async def linked(near: str, far: str) -> AsyncIterator[Link]:
    """Run the process between two namespaces."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.instances.link", near, far, stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"open\n"
        yield Link(process)
    finally:
        process.stdin.close()
        await process.wait()


@asynccontextmanager
async def _browser(playwright: Playwright, folder: Path, namespace: str) -> AsyncIterator[Browser]:
    wrapper = folder / f"chromium-{namespace}"
    wrapper.write_text(f'#!/bin/sh\nexec ip netns exec {namespace} {find_chromium()} "$@"\n')
    wrapper.chmod(0o755)
    browser = await playwright.chromium.launch(executable_path=wrapper, args=[*FLAGS, *WEBRTC_FLAGS])
    try:
        yield browser
    finally:
        await browser.close()

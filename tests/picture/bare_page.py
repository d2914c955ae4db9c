"""A page of nothing but our gate, under the meeting's own policy, which joins as often as it is told."""

import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Browser, Page, Playwright, Request, async_playwright

from tests.instances.browser import FLAGS, find_chromium
from tests.instances.firefox import start_firefox
from tests.web.house import house
from web.keys import ASSETS, SITE
from web.pages.assets import ROUTES
from web.policy import Policy, content_security_policy

HERE = Path(__file__).parent
CAMERA = HERE / "camera.js"
PAGE = """<!doctype html><html lang="en"><title>A join</title><body data-assets="{assets}">
<script src="/test/camera.js"></script><script type="module" src="/test/join.js"></script>"""
DRAWS_IN_SOFTWARE = ("--enable-unsafe-swiftshader", "--use-gl=angle", "--use-angle=swiftshader")


@dataclass(frozen=True, slots=True)
class Seen:
    """What came in at the other end of a join."""

    frames: int
    marked: int
    faces: int
    ended: str


@dataclass(frozen=True, slots=True)
class BarePage:
    """In a browser of its own; what it asked for from elsewhere is counted, and what it complained of."""

    page: Page
    hosts: Counter[str]
    complaints: list[str]

    @property
    def browser(self) -> str:
        context = self.page.context
        assert context.browser is not None
        return context.browser.browser_type.name

    async def joins(self, order: str, *, at: int = 0, event: str | None = None) -> Seen:
        """Join once; a filter breaks in a certain way at a picture, while something happens."""
        how = {"order": order, "at": at, "event": event}
        return Seen(**await self.page.evaluate("(how) => window.join(how)", how))


Start = Callable[[Playwright], Awaitable[Browser]]


async def in_chromium(playwright: Playwright) -> Browser:
    return await _chromium(playwright, FLAGS)


async def in_chromium_that_draws(playwright: Playwright) -> Browser:
    """Start one that draws WebGL in software, without which the real filter runs nowhere here."""
    flags = [flag for flag in FLAGS if flag != "--disable-gpu"]
    return await _chromium(playwright, (*flags, *DRAWS_IN_SOFTWARE))


async def in_firefox(playwright: Playwright) -> Browser:
    """Start one where no filter that needs WebGL can run, on whatever machine."""
    return await start_firefox(playwright, {"webgl.disabled": True})


async def _chromium(playwright: Playwright, flags: Sequence[str]) -> Browser:
    args = [*flags, "--no-sandbox"] if os.geteuid() == 0 else [*flags]
    return await playwright.chromium.launch(executable_path=find_chromium(), args=args)


@asynccontextmanager
async def bare_page(start: Start = in_chromium) -> AsyncIterator[BarePage]:
    """Open it in a browser of its own."""
    async with house(prepare=_with_page) as front, async_playwright() as playwright:
        browser = await start(playwright)
        page = await browser.new_page()
        found = BarePage(page, Counter(), [])
        page.on("request", lambda request: found.hosts.update([_host(request)]))
        page.on("console", lambda said: found.complaints.append(said.text) if "policy" in said.text else None)
        await page.goto(front.url("/test/"))
        await page.locator("body[data-ready]").wait_for(state="attached")
        yield found
        await browser.close()


def _host(request: Request) -> str:
    return request.url.partition("://")[2].partition("/")[0]


def _with_page(app: web.Application) -> None:
    app.router.add_routes([*ROUTES, web.get("/test/", _page), web.get("/test/{name}.js", _script)])


async def _page(request: web.Request) -> web.Response:
    text = PAGE.format(assets=request.app[ASSETS].address(""))
    policy = content_security_policy(request.app[SITE], policy=Policy.MEETING)
    headers: dict[str, Any] = {"Content-Security-Policy": policy}
    return web.Response(text=text, content_type="text/html", headers=headers)


async def _script(request: web.Request) -> web.Response:
    text = (HERE / f"{request.match_info['name']}.js").read_text()
    return web.Response(text=text, content_type="text/javascript")

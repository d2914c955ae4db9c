"""Sound leaves twice or once: a browser changes that by itself, and the other side is told nothing."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Page

from tests.instances.browser import NewContext
from tests.web.house import house
from web.keys import ASSETS
from web.pages.assets import ROUTES

SCRIPT = Path(__file__).with_name("two_peers.js")
PAGE = """<!doctype html><html lang="en"><title>Two peers</title><body data-assets="{assets}">
<script type="module" src="/test/two_peers.js"></script>"""
TWICE = 1.6
"""Of a packet that carries the one before it too, to one that does not, at the least."""

pytestmark = pytest.mark.journey


@pytest.fixture
async def page(new_context: NewContext) -> AsyncIterator[Page]:
    async with house(prepare=_with_page) as front:
        page = await (await new_context()).new_page()
        await page.goto(front.url("/test/"))
        await page.locator("body[data-ready]").wait_for(state="attached")
        yield page


async def until_packets(page: Page, at: int, are_right: Callable[[float, float], bool]) -> None:
    """Wait until the packets of both sides are as they should be; a busy browser goes on for a second."""
    while not are_right(*await page.evaluate("(at) => Promise.all([packet(at), packet(1 - at)])", at)):
        pass


@pytest.mark.parametrize("at", [0, 1], ids=["who offered", "who answered"])
async def test_one_side_speaks_once_and_twice_again_without_a_word(page: Page, at: int) -> None:
    before = await page.evaluate("said()")
    await page.evaluate("(at) => speak(at, false)", at)
    await until_packets(page, at, lambda own, other: own * TWICE < other)
    await page.evaluate("(at) => speak(at, true)", at)
    await until_packets(page, at, lambda own, other: own * TWICE > other)

    assert await page.evaluate("said()") == before
    await page.wait_for_function("() => [0, 1].every((at) => state(at) === 'stable connected')")


@pytest.mark.parametrize("at", [0, 1], ids=["who offered", "who answered"])
async def test_what_is_new_is_agreed_on_with_the_other_side(page: Page, at: int) -> None:
    await page.evaluate("(at) => speakAmidNews(at)", at)

    await page.wait_for_function("() => places(0) === 3 && places(1) === 3")
    await page.wait_for_function("() => [0, 1].every((at) => state(at) === 'stable connected')")


def _with_page(app: web.Application) -> None:
    app.router.add_routes([*ROUTES, web.get("/test/", _page), web.get("/test/two_peers.js", _script)])


async def _page(request: web.Request) -> web.Response:
    return web.Response(text=PAGE.format(assets=request.app[ASSETS].address("")), content_type="text/html")


async def _script(_: web.Request) -> web.Response:
    return web.Response(text=SCRIPT.read_text(), content_type="text/javascript")

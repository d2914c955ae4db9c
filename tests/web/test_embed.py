"""The button on somebody else's page: under their strict policy, without cookies, in their language."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from server.demo_data import MORTGAGE
from server.front import listening_socket
from tests.instances.browser import NewContext
from tests.web.face_house import FaceHouse, face_house
from web.i18n import LANGUAGES, gettext
from web.static import STATIC

TITLE = "Book a video appointment"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@dataclass(slots=True)
class ForeignSite:
    """Another organisation's page, under a policy that lets scripts of ours in and nothing else."""

    origin: str
    ours: str
    attributes: str = ""
    language: str = "fi"
    told: list[str] = field(default_factory=list)

    async def page(self, _: web.Request) -> web.Response:
        tag = f'<script src="{self.ours}/embed/button.js" {self.attributes} async></script>'
        text = f'<!DOCTYPE html><html lang="{self.language}"><title>.</title><p>{tag}</p></html>'
        policy = f"default-src 'none'; script-src {self.ours}"
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})


@asynccontextmanager
async def foreign_site(ours: str) -> AsyncIterator[ForeignSite]:
    listening = listening_socket("127.0.0.1", 0)
    site = ForeignSite(f"http://127.0.0.1:{listening.getsockname()[1]}", ours)
    app = web.Application()
    app.router.add_get("/", site.page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield site
    finally:
        await runner.cleanup()


async def test_the_file_may_be_kept_by_anybody_and_is_sent_once(house: FaceHouse) -> None:
    stranger, address = house.browser().client, f"{house.origin}/embed/button.js"
    async with stranger.get(address) as first:
        headers, text = first.headers, await first.text()

    async with stranger.get(address, headers={"If-None-Match": headers["ETag"]}) as again:
        assert (again.status, await again.read()) == (304, b"")

    assert text == (STATIC / "js/embed/button.js").read_text()
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Cache-Control"].startswith("public, max-age=")
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Set-Cookie" not in headers


def test_its_words_are_those_of_the_front_page() -> None:
    script = (STATIC / "js/embed/button.js").read_text()

    words = dict(re.findall(r'^    (fi|sv|en): "([^"]+)"', script, re.MULTILINE))

    assert words == {language: gettext(language, TITLE) for language in LANGUAGES}


@pytest.mark.journey
async def test_the_button_stands_under_a_strict_policy_and_leads_to_the_free_times(
    house: FaceHouse, new_context: NewContext
) -> None:
    context = await new_context()
    sent: list[dict[str, str]] = []
    page = await context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: sent.append(request.headers) if "embed" in request.url else None)
    async with foreign_site(house.origin) as site:
        site.attributes = f'data-offering="{MORTGAGE}" data-source="partner" data-lang="sv"'
        await page.goto(site.origin)
        link = page.get_by_role("link", name=gettext("sv", TITLE))

        await link.focus()
        target, cookies = await link.get_attribute("href"), await context.cookies()
        height = await link.evaluate("link => link.getBoundingClientRect().height")
        names = await page.evaluate("Object.keys(window).filter((name) => /kohtaamo|offering/i.test(name))")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{house.origin}/book/**")

    assert target == f"{house.origin}/book/{MORTGAGE}?source=partner&lang=sv"
    assert height >= 44  # the style holds although the policy allows no styles
    assert (cookies, names, trouble) == ([], [], [])
    assert [headers for headers in sent if "cookie" in headers] == []


@pytest.mark.journey
@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ('data-offering="mortgage"', "data-offering"),
        ("", "data-offering"),
        (f'data-offering="{MORTGAGE}" data-source="Aino Virtanen"', "data-source"),
        (f'data-offering="{MORTGAGE}" data-lang="de"', "data-lang"),
        (f'data-offering="{MORTGAGE}" data-target="javascript:1"', "data-target"),
    ],
)
async def test_a_wrong_attribute_shows_nothing_and_says_why_in_the_console(
    house: FaceHouse, new_context: NewContext, attributes: str, why: str
) -> None:
    page = await (await new_context()).new_page()
    told: asyncio.Queue[str] = asyncio.Queue()
    page.on("console", lambda message: told.put_nowait(message.text))
    async with foreign_site(house.origin) as site:
        site.attributes = attributes
        await page.goto(site.origin)

        said = await asyncio.wait_for(told.get(), 10)

        assert said.startswith("Kohtaamo button: ")
        assert why in said
        assert await page.get_by_role("link").count() == 0


@pytest.mark.journey
@pytest.mark.parametrize(("language", "words"), [("en-GB", "en"), ("sv", "sv"), ("de", "fi")])
async def test_without_a_language_of_its_own_it_speaks_the_pages(
    house: FaceHouse, new_context: NewContext, language: str, words: str
) -> None:
    page = await (await new_context()).new_page()
    async with foreign_site(house.origin) as site:
        site.language, site.attributes = language, f'data-offering="{MORTGAGE}"'
        await page.goto(site.origin)

        await page.get_by_role("link", name=gettext(words, TITLE)).wait_for()

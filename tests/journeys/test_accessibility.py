"""axe-core finds nothing on any page, in any language, light and dark (WCAG 2.2 AA)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page

from tests.instances.browser import DESKTOP, PHONE, ColorScheme, NewContext
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Customer, Staff, customer, staff
from tests.server.papers import pdf, words

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

LANGUAGES = ("fi", "sv", "en")
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
OPEN = (
    "/",
    "/practice",
    "/privacy",
    "/accessibility",
    "/sign-in",
    "/demo",
    "/demo/outbox",
    "/demo/bank",
    "/api/v1/docs",
    "/no-such-page",
)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """Run a demo whose letters go to its outbox page alone."""
    async with running_demo(tmp_path, smtp_url="") as running:
        yield running


async def faults_of(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands, one line each."""
    found = await Axe().run(page, options=RULES)
    return [
        f"{page.url}: {violation['id']}: {node['target']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


async def in_every_language(page: Page, address: str) -> list[str]:
    """Open an address in each language and return what axe finds."""
    faults: list[str] = []
    for language in LANGUAGES:
        joint = "&" if "?" in address else "?"
        await page.goto(f"{address}{joint}lang={language}")
        faults += await faults_of(page)
    return faults


async def test_open_pages_have_no_violation(demo: Demo, new_context: NewContext) -> None:
    light = await (await new_context(viewport=PHONE)).new_page()
    dark = await (await new_context(viewport=DESKTOP, color_scheme="dark")).new_page()

    faults = [
        fault
        for path in OPEN
        for page in (light, dark)
        for fault in await in_every_language(page, demo.address + path)
    ]

    assert faults == []


async def test_customers_pages_have_no_violation(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    slots = await _first_link(aino, "/", "a.button--primary")
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    details = await _first_link(aino, slots, ".card--now a.button--primary")
    own = [
        path + end for end in ("", "/confirm", "/move", "/cancel", "/documents", "/connection-test", "/door")
    ]

    faults = [
        fault
        for address in (slots, details, *own)
        for fault in await in_every_language(aino.page, demo.address + address)
    ]
    await aino.open(details)
    await aino.page.locator('form[action="/book"] button.button--primary').click()
    faults += await faults_of(aino.page)  # the form with its errors

    assert faults == []


@pytest.mark.parametrize(
    ("locale", "offering", "scheme"),
    [
        ("fi-FI", "Asuntolainaneuvottelu", "light"),
        ("sv-FI", "Bolånerådgivning", "dark"),
        ("en-GB", "Mortgage meeting", "dark"),
    ],
)
async def test_pages_of_a_meeting_have_no_violation(
    demo: Demo, new_context: NewContext, tmp_path: Path, locale: str, offering: str, scheme: ColorScheme
) -> None:
    aino = await customer(await new_context(viewport=PHONE, locale=locale, color_scheme=scheme), demo)
    ilmari = await staff(await new_context(locale=locale, color_scheme=scheme), demo)
    paper = tmp_path / "offer.pdf"
    paper.write_bytes(pdf([words("The offer")]))
    faults: list[str] = []
    path = await aino.books(offering, "Aino Virtanen", "aino@example.org")

    await aino.comes_in(path)
    faults += await faults_of(aino.page)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    faults += await faults_of(aino.page)
    await ilmari.signs_in("ilmari")
    faults += await faults_of(ilmari.page)
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.page.locator("#knocks button").first.wait_for()
    faults += await faults_of(ilmari.page)
    await ilmari.lets_in()
    await aino.is_in("table")
    for person in (aino, ilmari):
        faults += await faults_of(person.page)
    await ilmari.hands_in(paper)
    await aino.sees_page(1)
    for person in (aino, ilmari):
        faults += await faults_of(person.page)
    await ilmari.page.locator("#end").click()
    await ilmari.is_in("over")
    faults += await faults_of(ilmari.page)

    assert faults == []


async def test_admins_pages_have_no_violation(demo: Demo, new_context: NewContext) -> None:
    faults: list[str] = []
    for scheme in ("light", "dark"):
        admin = await staff(await new_context(color_scheme=scheme), demo)
        await admin.signs_in("admin")
        for by in ("offering", "adviser", "week"):
            faults += await in_every_language(admin.page, f"{demo.address}/admin?by={by}")

    assert faults == []


async def _first_link(person: Customer | Staff, path: str, selector: str) -> str:
    await person.open(path)
    found = await person.page.locator(selector).first.get_attribute("href")
    assert found is not None
    return found

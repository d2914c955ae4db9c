"""axe-core finds nothing on any page, in any language, light and dark (WCAG 2.2 AA)."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, ColorScheme, NewContext
from tests.journeys.axe import faults_at, faults_in_both_looks, faults_of
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Customer, Staff, customer, staff
from tests.server.papers import pdf, words

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

OPEN = (
    "/",
    "/lost-link",
    "/lost-link?sent=1",
    "/practice",
    "/privacy",
    "/accessibility",
    "/sign-in",
    "/demo",
    "/demo/outbox",
    "/demo/bank",
    "/demo/bank/authorize",  # not sent by us
    "/api/v1/docs",
    "/no-such-page",
    "/a/xxxxxxxxxxxxxxxxxxxxxx",
)
GONE = "start=2020-01-01T10:00:00Z"
"""A time that nobody can have any more."""


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """Run a demo whose letters go to its outbox page alone."""
    async with running_demo(tmp_path, smtp_url="") as running:
        yield running


async def test_open_pages_have_no_violation(demo: Demo, new_context: NewContext) -> None:
    page = await (await new_context()).new_page()

    assert await faults_at(page, *(demo.address + path for path in OPEN)) == []


async def test_customers_pages_have_no_violation(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    kullervo = await customer(await new_context(viewport=PHONE), demo)
    slots = await _first_link(aino, "/", "a.button--primary")
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    pages = (
        "",
        "/confirm",
        "/move",
        "/cancel",
        "/call",
        "/contact",
        "/documents",
        "/connection-test",
        "/practice",
        "/door",
    )
    taken = f"{path}/move?{GONE}"
    form = await aino.holds("Asuntolainaneuvottelu")

    faults = await faults_at(
        aino.page, *(demo.address + each for each in (slots, form, taken, *(path + end for end in pages)))
    )
    await aino.open(form)
    await aino.page.locator("#booking button.button--primary").click()
    faults += await faults_in_both_looks(aino.page)  # the form with its errors
    demo.turn_clock(timedelta(minutes=11))
    await kullervo.books("Asuntolainaneuvottelu", "Kullervo", "kullervo@example.org")
    await aino.fills_in("Aino Toinen", "toinen@example.org")
    await aino.page.locator(".cards").wait_for()
    faults += await faults_in_both_looks(aino.page)  # somebody was faster

    assert faults == []


async def test_pages_before_and_after_an_appointment_have_no_violation(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    slots = await _first_link(aino, "/", "a.button--primary")
    await aino.open(slots)
    last = await aino.page.locator(".day > .slots button").last.get_attribute("value")
    assert last is not None
    later = datetime.fromisoformat(last)
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org", at=later)
    own = demo.address + path

    faults = await faults_at(aino.page, f"{own}/door")  # too early
    await aino.open(f"{path}/cancel")
    await aino.page.locator(f'form[action="{path}/cancel"] button').click()
    faults += await faults_at(aino.page, own, f"{own}/door")

    assert faults == []


async def test_demo_bank_and_what_comes_of_it_have_no_violation(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.goes_to_the_bank()
    bank = aino.page.url

    faults = await faults_at(aino.page, bank)
    await aino.chooses_at_the_bank("broken")
    faults += await faults_in_both_looks(aino.page)
    faults += await faults_at(aino.page, f"{demo.address}{path}/door")  # asks again

    assert "/demo/bank/authorize" in bank
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
    await expect(ilmari.page.locator("#waiting")).to_contain_text("Aino Virtanen")
    faults += await faults_in_both_looks(ilmari.page)
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.page.locator("#knocks button").first.wait_for()
    faults += await faults_of(ilmari.page)
    await ilmari.page.locator('#knocks [data-deed="sentence_in_a_moment"]').click()
    await expect(aino.page.locator("#told-said")).to_be_visible()
    faults += await faults_in_both_looks(aino.page)
    await ilmari.lets_in()
    await aino.is_in("table")
    for person in (aino, ilmari):
        faults += await faults_of(person.page)
    await ilmari.asks_for_identification()
    faults += [*await faults_of(aino.page), *await faults_of(ilmari.page)]
    faults += await faults_in_both_looks(await aino.identifies_in_another_tab("aino"))
    await ilmari.hands_in(paper)
    await aino.sees_page(1)
    for person in (aino, ilmari):
        faults += await faults_of(person.page)
    await ilmari.page.locator("#end").click()
    await ilmari.is_in("over")
    faults += await faults_of(ilmari.page)

    assert faults == []


async def test_advisers_calendar_page_has_no_violation(demo: Demo, new_context: NewContext) -> None:
    ilmari = await staff(await new_context(viewport=PHONE), demo)
    await ilmari.signs_in("ilmari")

    faults = await faults_at(ilmari.page, f"{demo.address}/desk/calendar")
    await ilmari.page.locator('form[action="/desk/calendar"] button').click()
    faults += await faults_in_both_looks(ilmari.page)

    assert faults == []


async def test_admins_pages_have_no_violation(demo: Demo, new_context: NewContext) -> None:
    admin = await staff(await new_context(), demo)
    await admin.signs_in("admin")
    pages = (f"{demo.address}/admin?by={by}" for by in ("offering", "adviser", "week"))

    assert await faults_at(admin.page, *pages) == []


async def _first_link(person: Customer | Staff, path: str, selector: str) -> str:
    await person.open(path)
    found = await person.page.locator(selector).first.get_attribute("href")
    assert found is not None
    return found

"""axe-core finds nothing on earlier times, refusals, disruptions, and what an adviser sets at the desk."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from server.demo_data import LOUHI, MORTGAGE, NURSE
from tests.instances.browser import NewContext
from tests.journeys.axe import faults_in_both_looks, faults_in_turn, faults_of
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.errors_beside import sent_empty, untied
from tests.journeys.outbox import Outbox
from tests.journeys.pages import ADVISERS, CUSTOMERS, opened
from tests.journeys.people import HELSINKI, Customer, Staff, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

BY_DAY = 11
NURSES, MORTGAGES = "Terveydenhoitajan vastaanotto", "Asuntolainaneuvottelu"


@pytest.fixture(scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    """Run one demo for all, in the morning: at night nobody is offered a time."""
    async with running_demo(tmp_path_factory.mktemp("demo")) as running:
        now = running.now().astimezone(HELSINKI)
        running.turn_clock_to((now + timedelta(days=1)).replace(hour=BY_DAY, minute=2))
        yield running


@dataclass(frozen=True, slots=True)
class Offered:
    """Aino, who waits with an appointment of her own, and the path of an earlier time offered to her."""

    aino: Customer
    token: str
    offer: str


def ahead(demo: Demo, days: int, hour: int) -> datetime:
    """Return a full hour on the demo's wall clock, some days from now."""
    day = demo.now().astimezone(HELSINKI) + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)


async def is_offered(demo: Demo, aino: Customer, kullervo: Customer, *, days: int) -> Offered:
    """Let Kullervo give up a time before Aino's, who waits for one."""
    own = await aino.books(MORTGAGES, "Aino Virtanen", "aino@example.org", at=ahead(demo, days + 1, 13))
    given_up = await kullervo.books(MORTGAGES, "Kullervo", "kullervo@example.org", at=ahead(demo, days, 13))
    await aino.page.locator(f'form[action="{own}/waitlist"] > p button').click()
    await kullervo.open(f"{given_up}/cancel")
    await kullervo.page.locator(f'form[action="{given_up}/cancel"] button').click()
    offer = await Outbox(aino.page).link("aino@example.org", r"/o/[\w-]+")
    return Offered(aino, own.removeprefix("/a/"), offer)


async def test_waiting_and_what_is_offered_has_no_violation(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(base_url=demo.address), demo)
    kullervo = await customer(await new_context(base_url=demo.address), demo)
    found = await is_offered(demo, aino, kullervo, days=3)
    page, values = aino.page, {"token": found.token, "offer_token": found.offer.removeprefix("/o/")}
    faults = await faults_in_turn(page, *opened(CUSTOMERS, **values))
    await page.goto(f"/a/{found.token}/waitlist?lang=sv")
    await page.locator('[name="not_before"]').fill("2090-01-01")
    await page.locator("main form button.button--primary").click()
    faults += [*await untied(page), *await faults_of(page)]

    await page.goto(f"{found.offer}/decline?lang=en")
    await page.locator("main form button").click()
    faults += await faults_in_both_looks(page)

    assert faults == []


async def test_refusals_of_a_booking_have_no_violation(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(base_url=demo.address), demo)
    page = aino.page
    await page.goto(f"/book/{NURSE}?adviser={LOUHI}")
    start = await page.locator('button[value$=":00:00Z"]').last.get_attribute("value")
    assert start is not None
    await aino.chooses(datetime.fromisoformat(start))
    await aino.fills_in("Aino Virtanen", "two@example.org")
    await page.wait_for_url("**/a/*")
    faults: list[str] = []

    await aino.holds(MORTGAGES, at=datetime.fromisoformat(start))
    await aino.fills_in("Aino Virtanen", "two@example.org")
    await expect(page.locator("h1")).to_have_text("Teillä on jo tapaaminen samaan aikaan")
    faults += await faults_in_both_looks(page)
    await Customer(await page.context.new_page(), demo).holds(MORTGAGES)
    await page.goto(f"/book/{NURSE}?adviser={LOUHI}")
    await page.locator(".card--now button.button--primary").click()
    await expect(page.locator("h1")).to_have_text("Teille on jo varattuna liian monta aikaa")
    faults += await faults_in_both_looks(page)

    assert faults == []


async def test_customers_forms_that_come_back_say_what_is_wrong(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(base_url=demo.address), demo)
    path = await aino.books(NURSES, "Aino Virtanen", "three@example.org", at=ahead(demo, 5, 10))
    form = await aino.holds(MORTGAGES)
    faults: list[str] = []

    for at, sent in (
        (form, "#booking"),
        (f"{path}/contact", '[action$="/contact"]'),
        ("/lost-link", '[action="/lost-link"]'),
    ):
        await aino.page.goto(at)
        await sent_empty(aino.page, sent)
        faults += [*await untied(aino.page), *await faults_of(aino.page)]

    assert faults == []


async def test_what_stands_at_the_desk_has_no_violation(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(base_url=demo.address), demo)
    ilmari = await staff(await new_context(base_url=demo.address), demo)
    soon = ahead(demo, 0, BY_DAY + 2)
    path = await aino.books(MORTGAGES, "Aino Kalevala", "four@example.org", at=soon)
    demo.turn_clock_to(soon - timedelta(minutes=2))
    await aino.comes_in(path)
    faults = await faults_in_turn(aino.page, f"{path}/identify")
    await ilmari.signs_in("ilmari")
    page = ilmari.page
    place = await ilmari.row_of("Aino Kalevala").locator('a[href$="/cancel"]').get_attribute("href") or ""
    appointment = place.split("/")[3]

    papers, *others = reversed([*opened(ADVISERS, appointment_id=appointment)])
    faults += await faults_in_turn(page, papers)
    await page.goto(place)
    await page.locator("main form button").click()
    faults += await faults_in_turn(page, *others)
    await page.goto("/desk/invitations?lang=en")
    await sent_empty(page, '[action="/desk/invitations"]')
    faults += [*await untied(page), *await faults_of(page)]

    assert faults == []


async def test_a_disruption_and_its_banner_have_no_violation(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(base_url=demo.address), demo)
    people = [await staff(await new_context(base_url=demo.address), demo) for _ in range(2)]
    day = ahead(demo, 4, 10)
    own = await aino.books(MORTGAGES, "Aino Virtanen", "five@example.org", at=day)
    faults: list[str] = []

    for person, login, home in zip(people, ("admin", "ilmari"), ("/admin", "/desk"), strict=True):
        await person.signs_in(login)
        faults += await _declares(person, f"{home}/disruptions", day)
    shown = ("/", f"/book/{MORTGAGE}", own, f"{own}/other-times")
    faults += await faults_in_turn(aino.page, *shown)

    await expect(aino.page.locator("main .cards li")).to_have_count(3)
    await aino.page.goto("/")
    await expect(aino.page.locator(".banner").first).to_be_visible()
    assert faults == []


async def _declares(person: Staff, home: str, day: datetime) -> list[str]:
    """Declare a disruption of a day, looking at the page before it and at what comes of it."""
    page = person.page
    await page.goto(f"{home}/new?lang=en")
    await page.locator('[name="first"]').fill(day.astimezone(HELSINKI).date().isoformat())
    await page.locator('[name="fi"]').fill("Olemme poissa.")
    await page.locator('button[value="look"]').click()
    await page.locator('button[value="do"]').wait_for()
    faults = await faults_in_both_looks(page)
    await page.locator('button[value="do"]').click()
    await page.wait_for_url(re.compile(r"/disruptions/[0-9a-f-]{36}"))
    return [*faults, *await faults_in_turn(page, urlsplit(page.url).path)]


async def test_booking_again_and_saying_that_one_is_late_has_no_violation(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(base_url=demo.address), demo)
    ilmari = await staff(await new_context(base_url=demo.address), demo)
    path = await aino.books(NURSES, "Aino Toinen", "late@example.org", at=ahead(demo, 0, 16))
    await ilmari.signs_in("ilmari")
    late = ilmari.row_of("Aino Toinen").locator('a[href$="/late"]')
    faults = await faults_in_turn(ilmari.page, await late.get_attribute("href") or "")
    phone = ilmari.row_of("Aino Toinen").locator('a[href$="/phone"]')
    await ilmari.open("/desk")
    faults += await faults_in_turn(ilmari.page, await phone.get_attribute("href") or "")
    await aino.open(f"{path}/cancel")
    await aino.page.locator(f'form[action="{path}/cancel"] button').click()
    await aino.page.wait_for_url(f"**{path}")
    faults += await faults_in_turn(aino.page, f"{path}/again")

    assert faults == []


async def test_what_is_to_be_done_and_looking_back_has_no_violation(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(base_url=demo.address), demo)
    ilmari = await staff(await new_context(base_url=demo.address), demo)
    soon = ahead(demo, 0, BY_DAY + 5)
    await aino.books(MORTGAGES, "Aino Kolmas", "five@example.org", at=soon)
    demo.turn_clock_to(soon)
    await ilmari.signs_in("ilmari")
    page = ilmari.page
    await ilmari.opens_meeting_of("Aino Kolmas")
    await ilmari.is_in("table")
    demo.turn_clock(timedelta(hours=2))

    await page.goto("/desk")
    task = page.locator(".task", has_text="Aino Kolmas")
    link = task.locator('a[href$="/wrap-up"]')
    await expect(link).to_be_visible(timeout=30_000)
    look_back = await link.get_attribute("href") or ""
    faults = await faults_of(page)
    faults += await faults_in_turn(page, look_back)
    await page.goto(look_back)
    await page.locator("button.button--primary").first.press("Enter")
    await page.wait_for_url("**/desk?done=wrapped")

    assert faults == []
    await expect(task).to_have_count(0)

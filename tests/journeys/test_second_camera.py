"""Aino sits at a computer and shows a paper by her phone, until one of the two devices ends it."""

import re

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Person, Staff, customer, staff

pytestmark = pytest.mark.journey

FRAMES = "document.querySelector('#second-picture video').getVideoPlaybackQuality().totalVideoFrames"
INBOUND = """
async () => {
  const reports = await Promise.all(window.connections.map((connection) => connection.getStats()));
  return reports.flatMap((report) => [...report.values()]).filter(({type}) => type === 'inbound-rtp').length;
}
"""
LOCKS = """
Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});
document.dispatchEvent(new Event('visibilitychange'));
"""
UNLOCKS = """
delete document.visibilityState;
document.dispatchEvent(new Event('visibilitychange'));
"""


async def met(demo: Demo, new_context: NewContext) -> tuple[Customer, Staff]:
    """Bring Aino, at a computer, to the table with Ilmari."""
    aino = await customer(await new_context(), demo)
    path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    ilmari = await staff(await new_context(), demo)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await ilmari.sees_and_hears()
    return aino, ilmari


async def makes_a_code(aino: Customer, not_as: str = "") -> str:
    """Press for a code, and return the path to which it leads."""
    await aino.page.locator('#by-phone [data-deed="make"]').click()
    field = aino.page.locator("#by-phone-link")
    await expect(field).to_have_value(re.compile("/c/"))
    await expect(field).not_to_have_value(re.compile(not_as or "none"))
    return "/c/" + (await field.input_value()).rpartition("/")[2]


async def is_shown(phone: Person, ilmari: Staff) -> None:
    """Press "Show", and wait until its picture moves before the adviser."""
    await phone.page.locator("#camera-show").click()
    await expect(phone.page.locator("#second-camera")).to_have_attribute("data-how", "shown")
    await expect(ilmari.page.locator("#second-picture")).to_be_visible()
    first = await frames(ilmari, more_than=0)
    await frames(ilmari, more_than=first)


async def frames(ilmari: Staff, *, more_than: int) -> int:
    for _ in range(200):
        seen = int(await ilmari.page.evaluate(FRAMES))
        if seen > more_than:
            return seen
        await ilmari.page.wait_for_timeout(100)
    raise AssertionError(f"no more than {more_than} frames came")


async def test_a_customer_shows_a_paper_by_phone(demo: Demo, new_context: NewContext) -> None:
    aino, ilmari = await met(demo, new_context)
    await aino.page.locator("#by-phone summary").click()
    first = await makes_a_code(aino)
    await expect(aino.page.locator("#by-phone svg.qr path")).to_have_attribute("d", re.compile("^M4 4h7"))
    assert await faults_of(aino.page) == []

    phone = await customer(await new_context(viewport=PHONE), demo)
    await phone.open(first)
    assert await faults_of(phone.page) == []
    await phone.page.locator("#camera-use").click()
    await expect(phone.page.locator("#camera-preview")).to_be_visible()
    assert await faults_of(phone.page) == []
    assert await phone.page.evaluate("connections.length") == 0
    await is_shown(phone, ilmari)

    assert await phone.page.evaluate(INBOUND) == 0
    await expect(ilmari.page.locator("#second-picture")).to_contain_text("Aino Virtanen")
    await expect(ilmari.page.locator("#besides")).to_be_hidden()
    for each in (aino, ilmari, phone):
        assert await faults_of(each.page) == []
    await phone.page.evaluate(LOCKS)
    await expect(ilmari.page.locator("#second-picture")).to_be_hidden()
    await expect(aino.page.locator("#by-phone-on")).to_contain_text("ei nyt näytä mitään")
    await phone.page.evaluate(UNLOCKS)
    await expect(phone.page.locator("#camera-status")).to_contain_text("pimeni")
    await is_shown(phone, ilmari)

    await aino.page.locator('#by-phone-on [data-deed="stop"]').click()
    await expect(phone.page.locator("#camera-over")).to_be_visible()
    await expect(ilmari.page.locator("#second-picture")).to_be_hidden()
    await expect(aino.page.locator("#by-phone-on")).to_be_hidden()
    assert await faults_of(phone.page) == []
    assert (await phone.page.goto(demo.address + first)).status == 404  # type: ignore[union-attr]  # it is a page
    assert await faults_of(phone.page) == []

    await phone.open(await makes_a_code(aino, not_as=first))
    await phone.page.locator("#camera-use").click()
    await is_shown(phone, ilmari)
    await aino.page.keyboard.press("F8")
    await expect(phone.page.locator("#camera-over")).to_be_visible()
    await expect(ilmari.page.locator("#second-picture")).to_be_hidden()

"""Two wait for an earlier time; one gets what a third gives up, and the other what the first gives up."""

import re
from datetime import datetime

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.smtp import Mailbox
from tests.journeys.days import next_monday
from tests.journeys.demo_process import Demo
from tests.journeys.letters import OFFER, link_in_a_letter
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey

NURSE = "Terveydenhoitajan vastaanotto"
AINO, KULLERVO = "aino@example.org", "kullervo@example.org"


async def test_a_freed_time_goes_to_one_and_the_other_is_told_kindly_and_gets_the_next(
    demo: Demo, mailbox: Mailbox, new_context: NewContext
) -> None:
    monday = next_monday(demo, 10)
    first, later, last = (next_monday(demo, 12, days_later=days) for days in (1, 2, 3))
    demo.turn_clock_to(monday)
    await _offers_to_all(await staff(await new_context(java_script_enabled=False), demo))
    lemminkainen = await customer(await new_context(), demo)
    aino = await customer(await new_context(viewport=PHONE), demo)
    kullervo = await customer(await new_context(viewport=PHONE, java_script_enabled=False), demo)
    given_up = await lemminkainen.books(NURSE, "Lemminkäinen", "lemminkainen@example.org", at=first)
    ainos = await aino.books(NURSE, "Aino Virtanen", AINO, at=later)
    kullervos = await kullervo.books(NURSE, "Kullervo Kalervonpoika", KULLERVO, at=last)
    await _waits(aino, ainos)
    await _waits(kullervo, kullervos)

    await lemminkainen.open(f"{given_up}/cancel")
    await lemminkainen.page.locator(f'form[action="{given_up}/cancel"] button').click()
    to_kullervo = await link_in_a_letter(mailbox, KULLERVO, OFFER)
    await kullervo.open(to_kullervo)
    to_aino = await link_in_a_letter(mailbox, AINO, OFFER)
    await _claims(aino, to_aino)
    await _claims(kullervo, to_kullervo)

    await expect(aino.page.locator("h1")).to_have_text("Aikaisempi aika on teidän")
    await expect(kullervo.page.locator("h1")).to_have_text("Joku toinen ehti ensin")
    await _has(kullervo, kullervos, last)
    next_one = await link_in_a_letter(mailbox, KULLERVO, OFFER, but_not=to_kullervo)
    await kullervo.open(next_one)
    await _claims(kullervo, next_one)
    await _has(aino, ainos, first)
    await _has(kullervo, kullervos, later)


async def _offers_to_all(admin: Staff) -> None:
    """Let freed times of the nurse be offered to everybody who waits."""
    await admin.signs_in("admin")
    await admin.open("/admin/offerings")
    await admin.page.get_by_role("link", name=NURSE).first.click()
    await admin.page.wait_for_url(re.compile(r"/admin/offerings/[0-9a-f-]{36}"))
    await admin.open(f"{admin.page.url.removeprefix(admin.demo.address)}/refill")
    await admin.page.locator('select[name="mode"]').select_option("to_all")
    await admin.page.locator("main form button.button--primary").click()


async def _waits(person: Customer, path: str) -> None:
    await person.open(path)
    await person.page.locator(f'form[action="{path}/waitlist"] button').click()
    await expect(person.page.locator(f'form[action="{path}/waitlist/off"]')).to_be_visible()


async def _claims(person: Customer, offer: str) -> None:
    """Open the letter's link, unless it is open, and press the big button."""
    if not person.page.url.endswith(offer):
        await person.open(offer)
    await person.page.locator(f'form[action="{offer}"] button.button--big').click()


async def _has(person: Customer, path: str, start: datetime) -> None:
    await person.open(path)
    await expect(person.page.locator(".when").first).to_contain_text(
        f"{start.day}.{start.month}.{start.year}"
    )

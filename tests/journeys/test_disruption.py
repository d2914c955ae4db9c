"""An adviser's evening is lost: all in it are told, choose anew, and nobody of them becomes a no-show."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.smtp import Mailbox
from tests.journeys.days import next_monday
from tests.journeys.demo_process import Demo
from tests.journeys.letters import OTHER_TIMES, link_in_a_letter
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey

MORTGAGE = "Asuntolainaneuvottelu"
AINO, KULLERVO, LEMMINKAINEN = (f"{name}@example.org" for name in ("aino", "kullervo", "lemminkainen"))
ILL = "Neuvoja on sairastunut. Pahoittelemme."
DARK = "Talossa katkeaa sähkö yöllä. Varatut ajat pidetään."
NEWS = ".banner"


async def test_who_is_in_a_disruption_chooses_anew_and_is_no_no_show(
    demo: Demo, mailbox: Mailbox, new_context: NewContext
) -> None:
    monday = next_monday(demo, 16)
    evening = [monday + timedelta(hours=later) for later in (2, 3, 4)]
    demo.turn_clock_to(monday)
    aino = await customer(await new_context(viewport=PHONE), demo)
    kullervo = await customer(await new_context(viewport=PHONE, java_script_enabled=False), demo)
    admin = await staff(await new_context(locale="en-GB"), demo)
    path = await aino.books(MORTGAGE, "Aino Virtanen", AINO, at=evening[0])
    await kullervo.books(MORTGAGE, "Kullervo Kalervonpoika", KULLERVO, at=evening[1])
    await kullervo.books(MORTGAGE, "Lemminkäinen", LEMMINKAINEN, at=evening[2])

    await admin.signs_in("admin")
    await _looks(admin, "Ilmari Seppä", evening[0], ILL)
    for name in ("Aino Virtanen", "Kullervo Kalervonpoika", "Lemminkäinen"):
        await expect(admin.page.locator("main table")).to_contain_text(name)
    assert [len(await mailbox.until(one)) for one in (AINO, KULLERVO, LEMMINKAINEN)] == [1, 1, 1]
    place = await _declares(admin)
    await _takes_another_time(aino, await link_in_a_letter(mailbox, AINO, OTHER_TIMES))
    await _takes_another_time(kullervo, await link_in_a_letter(mailbox, KULLERVO, OTHER_TIMES))
    await link_in_a_letter(mailbox, LEMMINKAINEN, OTHER_TIMES)  # who does not answer it

    await _looks(admin, "The whole house", evening[0], DARK, since="22:00", until="23:00")
    await _declares(admin)
    for address in ("/", path):
        await aino.open(address)
        await expect(aino.page.locator(NEWS)).to_contain_text(DARK)

    await _waits_in_vain(await staff(await new_context(), demo), "Lemminkäinen", evening[2])
    demo.turn_clock_to(evening[2] + timedelta(hours=4))
    await admin.signs_in("admin")  # it was too long ago
    await _came_to(admin, place, "Did not meet, counted as ours")
    assert await admin.due_met_and_no_shows(evening[0]) == (1, 0, 0)  # due, met, no-shows
    await aino.open("/")
    await expect(aino.page.locator(NEWS)).to_have_count(0)


async def _looks(
    admin: Staff, whom: str, day: datetime, words: str, *, since: str = "", until: str = ""
) -> None:
    """Fill in the form, and look at what it would do."""
    await admin.open("/admin/disruptions/new")
    page = admin.page
    await page.locator('select[name="whom"]').select_option(label=whom)
    for name, value in (("first", day.date().isoformat()), ("since", since), ("until", until), ("fi", words)):
        await page.locator(f'[name="{name}"]').fill(value)
    await page.locator('button[value="look"]').click()
    await expect(page.locator('button[value="do"]')).to_be_visible()


async def _declares(admin: Staff) -> str:
    await admin.page.locator('button[value="do"]').click()
    await admin.page.wait_for_url(re.compile(r"/admin/disruptions/[0-9a-f-]{36}"))
    return admin.page.url.removeprefix(admin.demo.address)


async def _takes_another_time(person: Customer, path: str) -> None:
    """Open the letter's link and take the first of the times; it is another day's."""
    await person.open(path)
    await expect(person.page.locator("main")).to_contain_text(ILL)
    form = person.page.locator(f'form[action="{path}"]').first
    await form.locator("button").click()
    await person.page.wait_for_url(re.compile(r"\?moved=1"))


async def _waits_in_vain(adviser: Staff, whom: str, start: datetime) -> None:
    """Be there when the customer is not: without the disruption it would be a no-show."""
    adviser.demo.turn_clock_to(start - timedelta(minutes=5))
    await adviser.signs_in("ilmari")
    await adviser.opens_meeting_of(whom)
    await adviser.is_in("table")


async def _came_to(admin: Staff, place: str, outcome: str) -> None:
    """Wait until the background work has closed what nobody came to."""
    for _ in range(80):
        await admin.open(place)
        if await admin.page.locator("dl.terms", has_text=outcome).count():
            return
        await admin.page.wait_for_timeout(250)
    raise AssertionError(f"nothing came to {outcome!r}")

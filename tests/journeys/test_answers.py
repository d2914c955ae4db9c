"""Letters are answered by one tap: ask for a call, come in late, book again after all."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.smtp import Mailbox
from tests.journeys.days import next_monday
from tests.journeys.demo_process import Demo
from tests.journeys.letters import link_in_a_letter
from tests.journeys.people import Staff, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

NURSE = "Terveydenhoitajan vastaanotto"
AINO, KULLERVO = "aino@example.org", "kullervo@example.org"
CALL, AGAIN = r"/a/[\w-]{22}/call", r"/a/[\w-]{22}/again"
MINUTE = timedelta(minutes=1)


async def test_letters_are_answered_by_one_tap(demo: Demo, mailbox: Mailbox, new_context: NewContext) -> None:
    ainos, kullervos = (next_monday(demo, hour, days_later=1) for hour in (12, 14))
    demo.turn_clock_to(next_monday(demo, 9))
    aino = await customer(await new_context(viewport=PHONE), demo)
    kullervo = await customer(await new_context(viewport=PHONE, java_script_enabled=False), demo)
    path = await aino.books(NURSE, "Aino Virtanen", AINO, at=ainos)
    await kullervo.books(NURSE, "Kullervo Kalervonpoika", KULLERVO, at=kullervos)

    demo.turn_clock_to(ainos - timedelta(days=1) + MINUTE)
    ilmari = await staff(await new_context(locale="en-GB"), demo)
    await ilmari.signs_in("ilmari")
    await aino.open(await link_in_a_letter(mailbox, AINO, CALL))
    await aino.page.locator('input[name="phone"]').fill("040 123 4567")
    await aino.page.locator('form[action$="/call"] button').click()
    await expect(ilmari.page.locator("#visits")).to_contain_text("040 123 4567")  # live
    await ilmari.page.locator('form[action$="/called"] button').click()
    await expect(ilmari.page.locator("#visits")).not_to_contain_text("040 123 4567")

    demo.turn_clock_to(ainos - MINUTE)
    ilmari = await _waits_for(await staff(await new_context(locale="en-GB"), demo), "Aino Virtanen")
    demo.turn_clock_to(ainos + 3 * MINUTE)
    assert await link_in_a_letter(mailbox, AINO, AGAIN) == f"{path}/again"
    [letter] = [text for text in _texts(mailbox, AINO) if f"{path}/again" in text]
    door = f"{path}/door"
    assert door in letter
    await aino.open(door)
    await aino.page.locator(f'form[action="{door}"] button').click()
    await ilmari.open("/desk")
    await expect(ilmari.row_of("Aino Virtanen")).not_to_contain_text("Not here yet")

    demo.turn_clock_to(kullervos - MINUTE)
    await _waits_for(await staff(await new_context(locale="en-GB"), demo), "Kullervo")
    demo.turn_clock_to(kullervos + timedelta(hours=2))
    await kullervo.open(await link_in_a_letter(mailbox, KULLERVO, AGAIN))
    await kullervo.page.locator('button[name="slot"]').first.click()
    await kullervo.page.wait_for_url(re.compile(r"/a/[\w-]{22}\?booked=1"))
    await expect(kullervo.page.locator("main")).to_contain_text("Ilmari Seppä")


def _texts(mailbox: Mailbox, address: str) -> list[str]:
    bodies = (mail.message.get_body(("plain",)) for mail in mailbox.to(address))
    return [body.get_content() for body in bodies if body]


async def _waits_for(adviser: Staff, whom: str) -> Staff:
    """Sit down in somebody's meeting, and wait there."""
    await adviser.signs_in("ilmari")
    await adviser.opens_meeting_of(whom)
    await adviser.is_in("table")
    return adviser

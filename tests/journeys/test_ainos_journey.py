"""Aino books, is identified, meets Ilmari over a document, and counts as one met."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.smtp import Mailbox
from tests.journeys.demo_process import Demo
from tests.journeys.people import customer, first_link, staff
from tests.server.papers import pdf, words

pytestmark = [pytest.mark.journey, pytest.mark.both]


async def test_aino_and_ilmari_meet_and_the_admin_counts_one_met(
    demo: Demo, mailbox: Mailbox, new_context: NewContext, tmp_path: Path
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    ilmari = await staff(await new_context(), demo)
    admin = await staff(await new_context(locale="en-GB"), demo)
    paper = tmp_path / "offer.pdf"
    paper.write_bytes(pdf([words("The first page"), words("The second page")]))

    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    [letter] = await mailbox.until("aino@example.org")
    assert first_link(letter.message) == path
    assert await aino.tries_the_connection(path) != ""

    await aino.comes_in(path)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")

    await ilmari.signs_in("ilmari")
    await expect(ilmari.page.locator(".visit", has_text="Aino Virtanen")).to_have_attribute(
        "data-mood", "here"
    )
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.is_in("table")
    await ilmari.is_in("table")
    await expect(aino.page).to_have_title("Olette tapaamisessa – Kohtaamo")
    await aino.sees_and_hears()
    await ilmari.sees_and_hears()

    await ilmari.hands_in(paper)
    await aino.sees_page(1)
    await ilmari.turns_page()
    await aino.sees_page(2)
    await ilmari.sees_page(2)

    demo.turn_clock(timedelta(seconds=20))
    await aino.page.locator("#leave").click()
    await aino.is_in("over")
    await ilmari.page.locator("#end").click()
    await ilmari.is_in("over")

    await admin.signs_in("admin")
    assert await admin.figures_once_closed(demo.now()) == (1, 1, 0)

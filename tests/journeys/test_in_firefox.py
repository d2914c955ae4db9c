"""A customer in Firefox, from booking to leaving, opposite an adviser in Chromium."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.demo_process import Demo
from tests.journeys.people import customer, staff
from tests.server.papers import pdf, words

pytestmark = pytest.mark.journey


async def test_aino_in_firefox_identifies_talks_and_reads_with_ilmari_in_chromium(
    demo: Demo, new_firefox: NewFirefox, new_context: NewContext, tmp_path: Path
) -> None:
    aino = await customer(await new_firefox(viewport=PHONE), demo)
    ilmari = await staff(await new_context(), demo)
    paper = tmp_path / "offer.pdf"
    paper.write_bytes(pdf([words("The first page"), words("The second page")]))

    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.is_in("table")

    await aino.sees_and_hears()
    await ilmari.sees_and_hears()
    badge = ilmari.page.locator("#identity")
    await expect(badge).to_have_attribute("data-standing", "bound")
    await expect(badge).to_contain_text("tämä yhteys")

    await ilmari.hands_in(paper)
    await aino.sees_page(1)
    await ilmari.turns_page()
    await aino.sees_page(2)

    await aino.open(f"{path}/door")
    await aino.is_in("table")
    await aino.sees_and_hears()
    await expect(badge).to_have_attribute("data-standing", "bound")

    await aino.page.locator("#leave").click()
    await aino.is_in("over")
    await expect(badge).to_be_hidden()

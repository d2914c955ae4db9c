"""A customer in Firefox opposite an adviser in Chromium, from booking to leaving; and the other way round."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Person, Staff, customer, staff
from tests.server.papers import pdf, words

pytestmark = pytest.mark.journey


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Write an offer of two pages."""
    offer = tmp_path / "offer.pdf"
    offer.write_bytes(pdf([words("The first page"), words("The second page")]))
    return offer


async def test_aino_in_firefox_identifies_talks_and_reads_with_ilmari_in_chromium(
    demo: Demo, new_firefox: NewFirefox, new_context: NewContext, paper: Path
) -> None:
    aino = await customer(await new_firefox(viewport=PHONE), demo)
    ilmari = await staff(await new_context(), demo)

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

    await look_at_a_paper(aino, ilmari, paper)
    await write_to_each_other(aino, ilmari)

    await aino.open(f"{path}/door")
    await aino.is_in("table")
    await aino.sees_and_hears()
    await expect(badge).to_have_attribute("data-standing", "bound")

    await aino.page.locator("#leave").click()
    await aino.is_in("over")
    await expect(badge).to_be_hidden()


@pytest.mark.slow
@pytest.mark.both
async def test_ilmari_in_firefox_talks_shows_a_paper_writes_and_ends(
    demo: Demo, new_firefox: NewFirefox, new_context: NewContext, paper: Path
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    ilmari = await staff(await new_firefox(), demo)

    path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.is_in("table")
    await aino.sees_and_hears()
    await ilmari.sees_and_hears()
    await look_at_a_paper(aino, ilmari, paper)
    await write_to_each_other(aino, ilmari)

    await ilmari.page.locator("#end").click()
    await aino.is_in("over")
    await ilmari.is_in("over")


async def look_at_a_paper(aino: Customer, ilmari: Staff, paper: Path) -> None:
    """Ilmari puts two pages before both, and turns from the one to the other."""
    await ilmari.hands_in(paper)
    for person in (aino, ilmari):
        await person.sees_page(1)
    await ilmari.turns_page()
    for person in (aino, ilmari):
        await person.sees_page(2)


async def write_to_each_other(aino: Person, ilmari: Person) -> None:
    """Each writes a line that both then read, in the same order."""
    lines = ["Näkyykö sivu kaksi?", "Näkyy, kiitos."]
    for number, (person, line) in enumerate(zip((ilmari, aino), lines, strict=True), start=1):
        await person.page.locator("#say-text").fill(line)
        await person.page.locator("#say-text").press("Enter")
        for reader in (aino, ilmari):
            await expect(reader.page.locator("#texts .text__body")).to_have_text(lines[:number])

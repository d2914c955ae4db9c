"""An adviser hands a live meeting over to a colleague: nobody is interrupted, nothing is done again."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Person, Staff, customer, staff
from tests.server.papers import pdf, words

pytestmark = pytest.mark.journey

REASON = "Hän tuntee kauppakirjan"
NOTE = "Kauppa kaksi viikkoa sitten"

CONNECTED_TO_BOTH = "connections.filter(({connectionState}) => connectionState === 'connected').length === 2"


async def are_connected(*people: Person) -> None:
    """Wait until each of three has two connections; the page's own rules forbid to wait inside it."""
    for each in people:
        for _ in range(200):
            if await each.page.evaluate(CONNECTED_TO_BOTH):
                break
            await each.page.wait_for_timeout(100)
        else:
            raise AssertionError(f"{each.page.url} is not connected to both")


async def met(demo: Demo, new_context: NewContext) -> tuple[Customer, Staff]:
    """Bring Aino, who was identified at the door, to the table with Ilmari."""
    aino = await customer(await new_context(viewport=PHONE), demo)
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.identifies_as("aino")
    ilmari = await staff(await new_context(), demo)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await ilmari.sees_and_hears()
    return aino, ilmari


async def asks_ainikki(ilmari: Staff) -> None:
    await ilmari.page.locator("#calling summary").click()
    await ilmari.page.locator("#calling select").select_option(label="Ainikki Saari (työpöydän ääressä)")
    await ilmari.page.locator("#calling input").fill(REASON)
    await ilmari.page.locator("#calling form button").click()


async def notes(adviser: Staff, text: str) -> None:
    """Write a private note, and wait until it is kept."""
    form = adviser.page.locator('form.note[action$="/note"]')
    await adviser.page.locator("details", has=form).evaluate("details => details.setAttribute('open', '')")
    await form.locator("textarea").fill(text)
    await expect(form.locator('[data-part="state"]')).to_have_text("Tallennettu")


async def test_a_colleague_goes_on_where_the_adviser_was(
    demo: Demo, new_context: NewContext, tmp_path: Path
) -> None:
    paper = tmp_path / "offer.pdf"
    paper.write_bytes(pdf([words("The first page"), words("The second page")]))
    aino, ilmari = await met(demo, new_context)
    ainikki = await staff(await new_context(), demo)
    await ainikki.signs_in("ainikki")
    await ilmari.page.locator("#say-text").fill("Tässä tarjous")
    await ilmari.page.locator("#say button").click()
    await expect(aino.page.locator("#texts")).to_contain_text("Tässä tarjous")

    await ilmari.hands_in(paper)
    await ilmari.turns_page()
    await aino.sees_page(2)
    await notes(ilmari, NOTE)

    await asks_ainikki(ilmari)
    await expect(aino.page.locator("#guest")).to_contain_text("Ainikki Saari")
    await expect(aino.page.locator("#guest")).to_contain_text(REASON)
    call = ainikki.page.locator(".wait--call")
    await expect(call).to_contain_text(REASON)
    await call.locator("a.button--primary").click()
    await ainikki.is_in("table")

    await expect(ainikki.page.locator("#meeting")).to_have_attribute("data-seat", "adviser", timeout=20_000)
    await expect(ainikki.page.locator("#identity")).to_have_attribute(
        "data-standing", "bound", timeout=20_000
    )
    await expect(ainikki.page.locator("#texts")).to_contain_text("Tässä tarjous")
    await ainikki.sees_page(2)
    await ainikki.page.locator('#documents [data-part="previous"]').click()
    await aino.sees_page(1)
    await expect(ainikki.page.locator('form.note[action$="/note"] textarea')).to_have_value(NOTE)
    await expect(aino.page.locator("#proof-asked")).to_be_hidden()
    await expect(aino.page.locator("#meeting-peer")).to_have_text("Ainikki Saari")
    await expect(aino.page.locator("#besides li")).to_contain_text("Ilmari Seppä")
    await expect(ilmari.page.locator("#end")).to_be_hidden()
    await are_connected(aino, ilmari, ainikki)
    await ilmari.page.locator("#leave").click()
    await expect(aino.page.locator("#besides")).to_be_hidden()
    await ainikki.sees_and_hears()
    await ainikki.page.locator("#end").click()
    await aino.is_in("over")
    await expect(ainikki.page.locator("#wrap-up")).to_be_visible()
    await ainikki.open("/desk")
    await expect(ainikki.row_of("Aino Virtanen")).to_be_visible()

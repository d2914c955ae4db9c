"""An interpreter comes by a link of her own, once the customer has said yes, and goes when asked to."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import Demo
from tests.journeys.people import Staff, customer, staff
from tests.journeys.test_handing_over import are_connected
from tests.server.papers import pdf, words

pytestmark = pytest.mark.journey

REASON = "Puhutaan saamea"


async def invites_maija(ilmari: Staff) -> str:
    """Ask for Maija as an interpreter, and return the path of her link."""
    await ilmari.page.locator("#inviting summary").click()
    await ilmari.page.locator("#inviting-name").fill("Maija Mäkelä")
    await ilmari.page.locator("#inviting-reason").fill(REASON)
    await ilmari.page.locator("#inviting form button").click()
    link = ilmari.page.locator("#called input")
    await expect(link).to_have_value(re.compile("/g/"))
    return "/g/" + (await link.input_value()).rpartition("/")[2]


async def makes_a_new_link(ilmari: Staff, old: str) -> str:
    """Load the page anew, which knows no link any more, and return the path of another one."""
    await ilmari.page.reload()
    row = ilmari.page.locator("#called li")
    await expect(row).to_contain_text("Asiakas ei ole vielä vastannut.")
    await row.locator('[data-deed="again"]').click()
    await expect(row.locator("input")).to_have_value(re.compile("/g/"))
    path = "/g/" + (await row.locator("input").input_value()).rpartition("/")[2]
    assert path != old
    await expect(row.locator("a")).to_have_attribute("href", re.compile(rf"mailto:.*{quote(path, safe='')}$"))
    return path


async def test_an_interpreter_comes_with_the_customers_consent(
    demo: Demo, new_context: NewContext, tmp_path: Path
) -> None:
    paper = tmp_path / "offer.pdf"
    paper.write_bytes(pdf([words("The first page"), words("The second page")]))
    aino = await customer(await new_context(viewport=PHONE), demo)
    path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    ilmari = await staff(await new_context(), demo)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await ilmari.sees_and_hears()

    lost = await invites_maija(ilmari)
    link = await makes_a_new_link(ilmari, lost)
    assert await faults_of(ilmari.page) == []
    maija = await customer(await new_context(viewport=PHONE), demo)
    await maija.open(link)
    assert await faults_of(maija.page) == []
    await expect(maija.page.locator("main")).not_to_contain_text("Aino")
    await maija.page.locator("main a.button--primary").click()
    await maija.is_in("waiting")
    assert await faults_of(maija.page) == []
    await expect(aino.page.locator("#guest")).to_contain_text(
        f"Maija Mäkelä (tulkki) tulla mukaan. Syy: ”{REASON}”"
    )
    await expect(ilmari.page.locator("#knocks .knock")).to_have_count(0)
    await aino.page.locator('#guest [data-deed="yes"]').click()
    await ilmari.page.locator("#knocks button.button--primary").click()
    await maija.is_in("table")
    await expect(ilmari.page.locator("#called")).to_be_hidden()

    await are_connected(aino, ilmari, maija)
    await expect(aino.page.locator("#meeting-peer")).to_have_text("Ilmari Seppä")
    await expect(aino.page.locator("#besides li")).to_contain_text("Maija Mäkelä · tulkki")
    await aino.page.get_by_role("button", name="Näytä suurena: Maija Mäkelä").click()
    await expect(aino.page.locator(".besides__picture")).to_have_attribute("aria-pressed", "true")
    assert await faults_of(aino.page) == []
    await ilmari.hands_in(paper)
    await maija.sees_page(1)
    await ilmari.turns_page()
    await maija.sees_page(2)
    await expect(maija.page.locator('#documents [data-part="next"]')).to_be_hidden()
    assert await faults_of(maija.page) == []
    await aino.page.locator("#besides .besides__deed").click()
    await maija.is_in("over")
    await expect(ilmari.page.locator("#besides")).to_be_hidden()
    assert (await maija.page.goto(demo.address + link)).status == 404  # type: ignore[union-attr]  # it is a page

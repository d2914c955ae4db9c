"""An adviser needs a code and says why; an admin sees who looked, and gives the customer an extract."""

import re

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.axe import faults_in_both_looks
from tests.journeys.demo_process import Demo
from tests.journeys.people import customer, staff

pytestmark = pytest.mark.journey

REASON = "Asuntolainan hakemus"


async def test_a_code_is_shown_for_a_reason_and_the_log_tells_both(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    ilmari = await staff(await new_context(java_script_enabled=False), demo)
    admin = await staff(await new_context(), demo)
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")

    await ilmari.signs_in("ilmari")
    more = ilmari.row_of("Aino Virtanen")
    await more.locator("summary", has_text="Lisää").click()
    await more.get_by_role("link", name=re.compile("Kuka on tunnistettu")).click()
    await expect(ilmari.page.get_by_text("korotettu varmuus")).to_be_visible()
    whole = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]")
    await expect(ilmari.page.get_by_text("****")).to_be_visible()
    assert not whole.search(await ilmari.page.content())
    faults = []
    show = ilmari.page.get_by_role("button", name="Näytä henkilötunnus")
    await show.click()
    await expect(ilmari.page.locator("#error-reason")).to_be_visible()
    await ilmari.page.locator('[name="reason"]').fill(REASON)
    await show.click()
    code = await ilmari.page.locator("code.secret").inner_text()
    assert whole.fullmatch(code)
    assert code not in ilmari.page.url
    await ilmari.page.get_by_role("link", name="Piilota henkilötunnus").click()
    assert code not in await ilmari.page.content()
    identity = ilmari.page.url

    await admin.signs_in("admin")
    await admin.page.goto(identity)
    await expect(admin.page.get_by_text("****")).to_be_visible()
    await expect(admin.page.locator('[name="reason"]')).to_have_count(0)
    faults += await faults_in_both_looks(admin.page)
    await admin.page.get_by_role("link", name="Kuka on katsonut tämän ajan tietoja").click()
    told = admin.page.locator(".entry", has_text=REASON)
    await expect(told).to_contain_text("Ilmari Seppä")
    assert code not in await admin.page.content()
    faults += await faults_in_both_looks(admin.page)
    await admin.page.get_by_role("link", name="Ote asiakkaalle").click()
    await expect(admin.page.locator("tr", has_text=REASON)).to_contain_text("Henkilötunnuksen katsominen")
    faults += await faults_in_both_looks(admin.page)
    assert faults == []

"""An admin sets up an offering and an adviser without scripts, to where only hours are missing."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Staff

pytestmark = pytest.mark.journey

NAME = "Vakuutusneuvonta"


async def test_an_admin_makes_an_offering_with_questions_and_an_adviser(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        context = await new_context(viewport=PHONE, java_script_enabled=False)
        admin = Staff(await context.new_page(), demo)
        await admin.signs_in("admin")

        offering = await _makes_offering(admin)
        await _asks(admin, offering, "text", "Mitä haluatte vakuuttaa?")
        await _asks(admin, offering, "choice", "Onko teillä jo vakuutus?", "Kyllä\nEi")
        person = await _takes_on(admin)
        await _links(admin, offering, person)
        await admin.open(offering)
        await admin.page.locator(f'form[action="{offering}/open"] button').click()

        await expect(admin.page.locator("main")).to_contain_text("Lyylikki Kuusela")
        await expect(admin.page.locator("main ol li")).to_have_count(2)
        await _is_shown_without_a_free_time(admin.page, demo, offering.rpartition("/")[2])


async def _makes_offering(admin: Staff) -> str:
    await admin.open("/admin/offerings")
    await admin.page.locator('a[href="/admin/offerings/new"]').click()
    await admin.page.locator('[name="name_fi"]').fill(NAME)
    await admin.page.locator('[name="length"]').fill("30")
    await admin.page.locator("main form button").click()
    await admin.page.wait_for_url(re.compile(r"/admin/offerings/[0-9a-f-]{36}"))
    return admin.page.url.removeprefix(admin.demo.address)


async def _asks(admin: Staff, offering: str, kind: str, label: str, choices: str = "") -> None:
    await admin.open(f"{offering}/questions/new")
    await admin.page.locator('[name="label_fi"]').fill(label)
    await admin.page.locator(f'[name="kind"][value="{kind}"]').check()
    await admin.page.locator('[name="choices_fi"]').fill(choices)
    await admin.page.locator("main form button").click()
    await expect(admin.page.locator("main")).to_contain_text(label)


async def _takes_on(admin: Staff) -> str:
    await admin.open("/admin/people/new")
    await admin.page.locator('[name="name"]').fill("Lyylikki Kuusela")
    await admin.page.locator('[name="login"]').fill("lyylikki")
    await admin.page.locator("main form button").click()
    await expect(admin.page.locator(".secret")).to_have_text(re.compile(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}"))
    address = await admin.page.locator("a.button--primary").get_attribute("href")
    assert address is not None
    return address


async def _links(admin: Staff, offering: str, person: str) -> None:
    await admin.open(f"{offering}/advisers")
    await admin.page.locator(f'[name="advisers"][value="{person.rpartition("/")[2]}"]').check()
    await admin.page.locator("main form button").click()


async def _is_shown_without_a_free_time(page: Page, demo: Demo, offering_id: str) -> None:
    await page.goto(demo.address)
    card = page.locator("main .card", has_text=NAME)
    await expect(card).to_be_visible()
    await page.goto(f"{demo.address}/book/{offering_id}")
    await expect(page.locator('main a[href*="/details"]')).to_have_count(0)

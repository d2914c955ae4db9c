"""Meet now in browsers: from the front page to the table, and what there is when nobody is there."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from booking.at_desk import GONE_AFTER
from server.demo_data import NURSE
from tests.instances.browser import PHONE, NewContext
from tests.journeys.axe import faults_at, faults_in_both_looks
from tests.journeys.demo_process import running_demo
from tests.journeys.pages import MEET_NOW, opened
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

NOW = f"/book/{NURSE}/now"


async def takes_customers(ilmari: Staff) -> None:
    """Press the switch on the desk, and leave the desk open."""
    await ilmari.signs_in("ilmari")
    await ilmari.page.locator("#taking button").click()
    await expect(ilmari.page.locator("#taking button")).to_have_attribute("aria-pressed", "true")


async def comes_by_keyboard(aino: Customer) -> None:
    """Go from the front page to the waiting room without a mouse."""
    await aino.open("/?lang=en")
    await aino.page.get_by_role("link", name="Meet now: an adviser is free").press("Enter")
    await aino.page.get_by_label("Your name").press_sequentially("Aino Virtanen")
    await aino.page.get_by_label("Phone").press_sequentially("040 765 4321")
    await fills_in_questions(aino.page)
    await aino.page.get_by_role("button", name="To the waiting room").press("Enter")


async def fills_in_questions(page: Page) -> None:
    for question in await page.locator("main textarea[required]").all():
        await question.fill("Kysymys")


async def test_an_adviser_at_the_desk_is_met_in_a_minute_without_a_time(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        ilmari = await staff(await new_context(), demo)
        aino = await customer(await new_context(viewport=PHONE), demo)
        kullervo = await customer(await new_context(viewport=PHONE), demo)
        await takes_customers(ilmari)

        await comes_by_keyboard(aino)
        await aino.is_in("waiting")
        await kullervo.open("/?lang=en")
        await expect(kullervo.page.get_by_role("link", name="to wait")).to_be_visible()
        row = ilmari.page.locator("#waiting .wait", has_text="Aino Virtanen")
        await expect(row).to_contain_text("Tuli ilman aikaa")
        await row.locator("button.button--primary").click()
        await ilmari.page.wait_for_url("**/meeting")
        await ilmari.lets_in()

        await aino.sees_and_hears()
        await ilmari.sees_and_hears()


async def test_its_pages_have_no_violation_whether_anybody_is_there_or_not(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        ilmari = await staff(await new_context(), demo)
        page = (await customer(await new_context(base_url=demo.address), demo)).page

        faults = await faults_at(page, *opened(MEET_NOW, offering_id=NURSE))
        await takes_customers(ilmari)
        faults += await faults_at(page, NOW, "/")
        faults += await faults_in_both_looks(ilmari.page)

        assert faults == []


async def test_the_switch_goes_off_when_the_desk_closes(tmp_path: Path, new_context: NewContext) -> None:
    async with running_demo(tmp_path) as demo:
        ilmari = await staff(await new_context(), demo)
        anybody = await customer(await new_context(java_script_enabled=False), demo)
        await takes_customers(ilmari)
        await anybody.open("/?lang=en")
        await expect(anybody.page.get_by_text("Meet now: an adviser is free")).to_be_visible()

        await ilmari.page.goto("about:blank")
        demo.turn_clock(GONE_AFTER)
        await anybody.open(f"{NOW}?lang=en")

        await expect(anybody.page.get_by_role("heading", level=1)).to_have_text("No adviser is free just now")
        await anybody.page.get_by_role("button", name="Take this time").click()
        await expect(anybody.page.locator("#booking")).to_be_visible()

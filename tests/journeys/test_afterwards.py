"""The end: what the adviser sums up comes to the customer by itself, and their answers go back."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import running_demo
from tests.journeys.people import customer, staff

pytestmark = pytest.mark.journey


async def test_both_sides_end_it_with_a_summary_answers_and_a_next_time(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE, locale="en-GB"), demo)
        ilmari = await staff(await new_context(locale="en-GB"), demo)
        path = await aino.books("Appointment with a nurse", "Aino Virtanen", "aino@example.org")
        await aino.comes_in(path)
        await aino.is_in("waiting")
        await ilmari.signs_in("ilmari")
        await ilmari.opens_meeting_of("Aino Virtanen")
        await ilmari.lets_in()
        await aino.sees_and_hears()
        await ilmari.sees_and_hears()
        demo.turn_clock(timedelta(seconds=30))

        panel = ilmari.page.locator("details", has=ilmari.page.locator(".summary-form"))
        await panel.locator("summary").click()
        await panel.get_by_label("We call you.").check()
        await expect(panel.locator('[data-part="state"]')).to_have_text("Saved")
        assert await faults_of(ilmari.page) == []
        await ilmari.page.locator("#end").click()
        await aino.is_in("over")
        await ilmari.is_in("over")

        part = aino.page.locator("#over-part")
        await expect(part.locator("#summary")).to_contain_text("We call you.")
        await expect(aino.page.locator("#failed")).to_be_hidden()
        assert await faults_of(aino.page) == []
        await part.get_by_label("That is how it was").check()
        await part.locator("label[for=handled-yes]").click()
        await part.locator("#face-great").check()
        await part.get_by_role("button", name="Send my answers").click()
        await expect(aino.page.get_by_text("Thank you for your answers.")).to_be_visible()

        await ilmari.page.locator("#wrap-up").click()
        await ilmari.page.locator("label[for=handled-yes]").click()
        await ilmari.page.get_by_role("button", name="Yes, and book the next appointment").click()
        await ilmari.page.get_by_role("button", name="Book this time").first.click()
        await ilmari.page.wait_for_url("**/desk?done=again")
        await ilmari.page.goto(f"{ilmari.page.url.partition('/desk')[0]}/desk")
        await aino.open(f"{path}/failed")
        assert await faults_of(aino.page) == []
        await aino.page.get_by_role("button", name="We did not hear each other").click()
        await expect(aino.page.get_by_role("heading", name="I am sorry. Our meeting failed.")).to_be_visible()
        await expect(aino.page.get_by_text("You have a new time already.")).to_be_visible()
        assert await faults_of(aino.page) == []

"""Who reads instead of hearing, or shows no picture: large messages, ready sentences, gone at the end."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import running_demo
from tests.journeys.people import customer, staff

pytestmark = pytest.mark.journey


async def test_messages_are_large_ready_and_gone_at_the_end(tmp_path: Path, new_context: NewContext) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE, locale="en-GB"), demo)
        ilmari = await staff(await new_context(locale="fi-FI"), demo)
        path = await aino.books("Appointment with a nurse", "Aino Virtanen", "aino@example.org")
        await aino.comes_in(path)
        await aino.is_in("waiting")
        await ilmari.signs_in("ilmari")
        await ilmari.opens_meeting_of("Aino Virtanen")
        await ilmari.lets_in()
        await aino.is_in("table")
        hers, his = aino.page, ilmari.page
        await hers.locator("#camera").click()
        await expect(his.locator("#meeting-blank")).to_have_text("Aino Virtanen on mukana ilman kuvaa.")
        await expect(his.locator("#meeting-blank")).to_be_visible()
        await expect(his.locator("#self-off")).to_be_hidden()

        await hers.locator("#large-text").focus()
        await hers.keyboard.press("Enter")
        await expect(hers.locator("#large-text")).to_have_attribute("aria-pressed", "true")
        await his.locator("#ready-sentences summary").click()
        await his.get_by_role("button", name="Jatketaanko kirjoittamalla?").click()
        await hers.locator("#ready-sentences summary").click()
        await hers.get_by_role("button", name="Please write it to me.").click()

        body = hers.locator(".text__body").first
        await expect(body).to_have_text("Shall we go on in writing?")
        assert await body.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 28
        await expect(his.locator(".text__body").last).to_have_text("Please write it to me.")
        assert await faults_of(hers) == []
        assert await faults_of(his) == []
        await hers.reload()
        await expect(hers.locator(".text__body")).to_have_count(2)
        await expect(hers.locator("#large-text")).to_have_attribute("aria-pressed", "true")
        await expect(hers.locator('#main[data-state="connected"]')).to_be_visible()

        await his.locator("#end").click()
        await aino.is_in("over")
        await expect(hers.locator("#texts li")).to_have_count(0)

"""By phone in place of the meeting, in two browsers: offered after a minute that fails, and heard at once."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import running_demo
from tests.journeys.people import customer, staff

pytestmark = pytest.mark.journey

DENIED = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
"""
A_MINUTE_MS = 60_000
JUST_BEFORE_MS = 50_000


async def test_who_cannot_come_in_for_a_minute_is_offered_a_call_that_the_adviser_hears_of(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        context = await new_context(viewport=PHONE, locale="en-GB")
        await context.add_init_script(DENIED)
        aino = await customer(context, demo)
        ilmari = await staff(await new_context(locale="en-GB"), demo)
        path = await aino.books("Appointment with a nurse", "Aino Virtanen", "aino@example.org")
        await ilmari.signs_in("ilmari")
        await ilmari.opens_meeting_of("Aino Virtanen")
        await aino.page.clock.install()
        await aino.comes_in(path)
        await expect(aino.page.locator("#meeting-failure")).to_be_visible()
        offer, why = (
            aino.page.locator("#phone-instead"),
            aino.page.locator('#phone-instead [data-part="why"]'),
        )

        await aino.page.clock.fast_forward(JUST_BEFORE_MS)
        await expect(offer).not_to_have_attribute("open", "")
        await aino.page.clock.fast_forward(A_MINUTE_MS - JUST_BEFORE_MS + 1_000)

        await expect(offer).to_have_attribute("open", "")
        failure = await aino.page.locator('#meeting-failure [data-part="text"]').inner_text()
        await expect(why).to_contain_text(failure)
        assert await faults_of(aino.page) == []
        await offer.locator('input[name="phone"]').fill("040 765 4321")
        await offer.locator("form button").press("Enter")
        await expect(offer.locator('[data-part="asked"]')).to_contain_text("Keep the phone at hand")

        heard = ilmari.page.locator("#phone-instead")
        await expect(heard).to_have_attribute("open", "")
        await expect(heard.locator('[data-part="why"]')).to_contain_text(failure)
        await expect(heard.locator('[data-part="dial"]')).to_have_attribute("href", "tel:0407654321")
        assert await faults_of(ilmari.page) == []
        await heard.locator("form button").click()
        await expect(ilmari.page.get_by_text("It is written down that you met by phone.")).to_be_visible()

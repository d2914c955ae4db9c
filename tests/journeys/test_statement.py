"""What an adviser says of their room is asked once a day: it is kept until midnight, and then asked anew."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import running_demo
from tests.journeys.people import HELSINKI, Staff, customer, staff

pytestmark = pytest.mark.journey


async def lets_in_and_sends_back(ilmari: Staff, *, asked: bool) -> None:
    """Let in who knocks, and check whether the room is asked about; send them back to the waiting room."""
    await ilmari.page.locator("#knocks button.button--primary").click()
    if asked:
        await expect(ilmari.page.locator("#statement-choice")).to_be_visible()
        await ilmari.page.locator('#statement-choice button[value="alone_headset"]').click()
    await expect(ilmari.page.locator("#statement-choice")).to_be_hidden()
    await ilmari.page.locator("#send-back").click()
    await expect(ilmari.page.locator("#knocks .knock")).to_be_visible()


async def test_the_room_is_asked_about_once_a_day(tmp_path: Path, new_context: NewContext) -> None:
    tonight = datetime.now(HELSINKI).replace(hour=23, minute=59, second=0, microsecond=0)
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE), demo)
        context = await new_context()
        ilmari = await staff(context, demo)
        path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
        await aino.comes_in(path)
        await ilmari.signs_in("ilmari")
        await ilmari.opens_meeting_of("Aino Virtanen")
        await lets_in_and_sends_back(ilmari, asked=True)

        for moment, asked in ((tonight, False), (tonight + timedelta(minutes=2), True)):
            await ilmari.page.locator("#leave").click()  # what was said at the table goes with the seat
            place = ilmari.page.url
            await ilmari.page.close()
            ilmari = await staff(context, demo)
            await ilmari.page.clock.set_fixed_time(moment)
            await ilmari.page.goto(place)
            await lets_in_and_sends_back(ilmari, asked=asked)

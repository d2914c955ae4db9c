"""The way in without a mouse, of both sides: every stop is seen, and no change of view loses the place."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.device_faults import PLAYED
from tests.journeys.keyboard import Keyboard
from tests.journeys.people import Customer, Staff
from tests.journeys.practising import STEPS, Practising
from tests.journeys.way_in import UNASKED

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

NURSE = "Appointment with a nurse"


async def focus_is_on(page: Page, selector: str) -> None:
    await expect(page.locator(selector)).to_be_focused()


async def walks(keys: Keyboard) -> None:
    """Go through a page that changes by itself: what is drawn anew meanwhile is walked anew."""
    before, last = len(keys.faults), list[str]()
    for _ in range(3):
        await keys.walks(is_in_use=True)
        last = keys.faults[before:]
        if not last:
            return
        del keys.faults[before:]
    keys.faults += last


async def practises(keys: Keyboard, path: str, demo: Demo) -> None:
    practising = Practising(keys.page, demo)
    await practising.opens(f"{path}/practice")
    await keys.walks()
    await keys.ticks("#practice-unhurried")
    await keys.presses("#practice-yes")
    for step in STEPS:
        await practising.is_at(step)
        await focus_is_on(keys.page, "#practice-yes")
        await keys.page.wait_for_timeout(600)  # a double press answers one question
        await keys.enters()
    await practising.verdict()
    await focus_is_on(keys.page, "#practice-result")


async def comes_in(keys: Keyboard, path: str) -> None:
    await keys.page.goto(f"{path}/door")
    await keys.walks()
    await keys.presses(f'form[action="{path}/door"] button')
    for device in ("microphone", "camera"):
        await keys.page.locator(f"#ask-{device}").wait_for()
        if device == "camera":
            await focus_is_on(keys.page, "#ask-camera-title")
        await keys.presses(f'#ask-{device} [data-deed="use"]')
    await expect(keys.page.locator("#mute")).to_be_enabled()
    await walks(keys)


async def tells_and_lets_in(keys: Keyboard) -> None:
    await keys.presses("#waiting .wait__deeds .button--primary", leads_to="**/meeting")
    await focus_is_on(keys.page, '#statement-choice button[value="alone_headset"]')
    await keys.enters()
    await expect(keys.page.locator("#send-back")).to_be_visible()
    await expect(keys.page.locator("#coming")).to_be_hidden()
    await walks(keys)
    await keys.presses("#send-back")
    await keys.page.locator("#knocks .knock").wait_for()
    await expect(keys.page.locator("body")).not_to_be_focused()
    await keys.presses('#knocks [data-deed="sentence_in_a_moment"]')
    await focus_is_on(keys.page, '#knocks [data-deed="sentence_in_a_moment"]')
    await expect(keys.page.locator("#coming")).to_contain_text("Told last")
    await walks(keys)


async def test_who_comes_in_and_who_lets_in_need_no_mouse(tmp_path: Path, new_context: NewContext) -> None:
    async with running_demo(tmp_path) as demo:
        customers = await new_context(viewport=PHONE, locale="en-GB", base_url=demo.address)
        await customers.add_init_script(PLAYED)
        aino = Keyboard(await customers.new_page())
        ilmari = Keyboard(await (await new_context(locale="en-GB", base_url=demo.address)).new_page())
        path = await Customer(aino.page, demo).books(NURSE, "Aino Virtanen", "aino@example.org")
        await practises(aino, path, demo)
        await aino.page.evaluate("fault => sessionStorage.setItem('fault', fault)", json.dumps(UNASKED))
        await comes_in(aino, path)
        await aino.presses("#phone-instead summary")
        await Staff(ilmari.page, demo).signs_in("ilmari")
        await expect(ilmari.page.locator("#waiting")).to_contain_text("Aino Virtanen")
        await walks(ilmari)
        await ilmari.page.reload()

        await tells_and_lets_in(ilmari)
        await expect(aino.page.locator("#told-said")).to_be_visible()
        await ilmari.presses("#coming .coming__more > summary")
        await ilmari.presses("#coming .coming__more li button")
        await expect(aino.page.locator("#told-said")).to_contain_text("minutes")
        await ilmari.presses("#knocks .button--primary")
        await expect(aino.page.locator("#meeting")).to_have_attribute("data-view", "table")
        await walks(aino)
        await aino.presses("#mute")
        await focus_is_on(aino.page, "#mute")
        await ilmari.presses("#end")
        for keys in (aino, ilmari):
            await focus_is_on(keys.page, "#meeting-title")
            await walks(keys)
        await ilmari.page.locator("#meeting-title").focus()
        await ilmari.presses("#wrap-up", leads_to="**/wrap-up")
        await ilmari.presses("main form button.button--primary", leads_to="**/desk?**")

        assert [*aino.faults, *ilmari.faults] == []

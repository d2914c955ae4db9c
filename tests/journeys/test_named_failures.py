"""What a script cannot go on with is said by its name, and kept as one: nothing ends in silence."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import running_demo
from tests.journeys.people import customer, staff

pytestmark = pytest.mark.journey

NURSES = "Terveydenhoitajan vastaanotto"
NOTHING_PLAYS = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  if (this.id !== 'remote' || window.isPressed) return play.call(this);
  return Promise.reject(new DOMException('', 'NotAllowedError'));
};
for (const deed of ['pointerdown', 'keydown']) addEventListener(deed, () => { window.isPressed = true; });
"""
NO_FIGURES = """
RTCPeerConnection.prototype.getStats = () => Promise.reject(new TypeError('no figures'));
"""


async def test_a_browser_that_plays_nothing_before_a_press_is_said_to(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE), demo)
        ilmari = await staff(await new_context(), demo)
        await aino.page.add_init_script(NOTHING_PLAYS)
        await aino.comes_in(await aino.books(NURSES, "Aino Virtanen", "aino@example.org"))
        await aino.is_in("waiting")
        await ilmari.signs_in("ilmari")
        await ilmari.opens_meeting_of("Aino Virtanen")

        await ilmari.lets_in()
        await expect(aino.page.locator("#press-to-play")).to_contain_text("on painettava kerran")
        await aino.page.locator("#meeting-title").click()

        await expect(aino.page.locator("#press-to-play")).to_be_hidden()
        await aino.page.wait_for_function("() => !document.getElementById('remote').paused")


async def test_a_connection_test_that_breaks_off_is_named_and_kept(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE), demo)
        path = await aino.books(NURSES, "Aino Virtanen", "aino@example.org")
        await aino.page.add_init_script(NO_FIGURES)
        await aino.open(f"{path}/connection-test")

        await aino.page.locator("#precall-start").click()

        await expect(aino.page.locator("#precall-result")).to_contain_text("Selain keskeytti")


async def test_a_server_that_cannot_be_reached_is_named(tmp_path: Path, new_context: NewContext) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE), demo)
        path = await aino.books(NURSES, "Aino Virtanen", "aino@example.org")
        for page in ("connection-test", "practice"):
            start = "#precall-start" if page == "connection-test" else "#practice-yes"
            await aino.open(f"{path}/{page}")
            await aino.page.context.set_offline(True)
            await aino.page.locator(start).click()

            await expect(aino.page.locator("main")).to_contain_text(
                "Palvelimeemme ei saada yhteyttä", timeout=30_000
            )
            await aino.page.context.set_offline(False)

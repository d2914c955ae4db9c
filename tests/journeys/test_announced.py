"""Who sees nothing hears of arrival, mute, connection and page, and finds a name on each button."""

from pathlib import Path

import pytest
from playwright.async_api import Error, Page

from tests.instances.browser import NewContext
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import running_demo
from tests.journeys.people import customer, staff
from tests.server.papers import pdf, words

pytestmark = pytest.mark.journey

LISTEN = """
window.heard = [];
const LIVE = '[role="status"], [role="alert"], [role="log"], [aria-live="polite"], output';
const last = new WeakMap();
const listen = () => {
  for (const region of document.querySelectorAll(LIVE)) {
    const text = region.checkVisibility() ? region.innerText.trim() : '';
    if (text && last.get(region) !== text) window.heard.push(text);
    last.set(region, text);
  }
};
addEventListener('DOMContentLoaded', () => new MutationObserver(listen).observe(
  document.body, {subtree: true, childList: true, characterData: true, attributes: true}));
"""
NAMED = {"runOnly": {"type": "rule", "values": ["button-name", "link-name", "label", "select-name"]}}


async def hears(page: Page, what: str) -> None:
    """Wait until a live region of a page has said it."""
    try:
        await page.wait_for_function("what => window.heard.some(said => said.includes(what))", arg=what)
    except Error:
        pytest.fail(f"never said: {what}; but {await page.evaluate('window.heard')}")


async def test_what_happens_is_said_and_what_is_pressed_has_a_name(
    tmp_path: Path, new_context: NewContext
) -> None:
    paper = tmp_path / "offer.pdf"
    paper.write_bytes(pdf([words("The first page"), words("The second page")]))
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(locale="en-GB"), demo)
        ilmari = await staff(await new_context(locale="en-GB"), demo)
        for person in (aino, ilmari):
            await person.page.add_init_script(LISTEN)
        path = await aino.books("Appointment with a nurse", "Aino Virtanen", "aino@example.org")
        await ilmari.signs_in("ilmari")
        await ilmari.opens_meeting_of("Aino Virtanen")

        await aino.comes_in(path)
        await hears(ilmari.page, "Aino Virtanen")
        await hears(aino.page, "You are next")
        await ilmari.lets_in()
        await hears(aino.page, "The adviser has let you in")
        await aino.page.locator("#mute").click()
        await hears(aino.page, "Your microphone is off")
        await hears(ilmari.page, "has muted the microphone")
        await ilmari.hands_in(paper)
        await hears(aino.page, "page 1 of 2")
        faults = [*await faults_of(aino.page, NAMED), *await faults_of(ilmari.page, NAMED)]
        await aino.page.context.set_offline(True)
        await hears(aino.page, "onnect")

    assert faults == []

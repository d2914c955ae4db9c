"""Every arrival rings at every desk, with the tab hidden: sound, title and a notice of the system.

It prints `arrival 1 rang at 2 hidden desks: 2 tones, title (1), 1 notice, after … ms`.
"""

import asyncio
import re
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.contracts.databases import migrated, sqlite_template
from tests.instances.browser import NewContext
from tests.instances.firefox import NewFirefox
from tests.simulated.shared_room import customers, desks
from tests.web.meeting_house import meeting_house

__all__ = ["sqlite_template"]

pytestmark = pytest.mark.journey

HIDDEN = """
Object.defineProperty(document, "hidden", {get: () => true});
Object.defineProperty(document, "visibilityState", {get: () => "hidden"});
window.heard = {tones: 0, notices: []};
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...given) {
  window.heard.tones += 1;
  return start.apply(this, given);
};
window.Notification = class {
  static permission = "default";
  static async requestPermission() { this.permission = "granted"; return "granted"; }
  constructor(text, {tag}) {
    window.heard.notices.push({text, tag});
    document.documentElement.dataset.notices = String(window.heard.notices.length);
  }
};
"""
"""A tab that nobody looks at, which counts what the browser is asked to play and to show."""

TONES = """
async () => {
  const main = document.querySelector('script[src*="/desk/main.js"]').src;
  const {ring} = await import(main.replace("desk/main.js", "bell/tones.js"));
  const context = new OfflineAudioContext(1, 48000, 48000);
  ring(context);
  const sound = (await context.startRendering()).getChannelData(0);
  const loud = (from, to) => Math.max(...sound.slice(from, to).map(Math.abs));
  return [loud(0, 9600), loud(12000, 24000), loud(44000, 48000)];
}
"""


async def test_each_of_five_arrivals_rings_at_two_hidden_desks(
    request: pytest.FixtureRequest, tmp_path: Path, new_browser: NewContext | NewFirefox
) -> None:
    async with migrated("sqlite", request, tmp_path) as url, meeting_house(tmp_path, url=url) as house:
        advisers = await desks(house, 2)
        guests = await customers(house, advisers, 5)
        pages = [await _desk(await new_browser(), house.port, desk.session) for desk in advisers]

        heard: list[dict[str, Any]] = []
        for number, guest in enumerate(guests, start=1):
            came = monotonic()
            await guest.comes()
            heard = [await _rang(page, number) for page in pages]
            print(
                f"arrival {number} rang at {len(pages)} hidden desks: 2 tones, title ({number}), 1 notice, "
                f"after {1000 * (monotonic() - came):.0f} ms"
            )

        assert {each["tag"] for each in heard[0]["notices"]} == {
            guest.socket_path.rpartition("/")[2] for guest in guests
        }
        assert not any("Asiakas" in each["text"] for one in heard for each in one["notices"])
        await asyncio.gather(*(desk.client.close() for desk in advisers))


async def test_the_bell_is_a_sound_that_can_be_heard_and_ends(
    request: pytest.FixtureRequest, tmp_path: Path, new_context: NewContext
) -> None:
    async with migrated("sqlite", request, tmp_path) as url, meeting_house(tmp_path, url=url) as house:
        (adviser,) = await desks(house, 1)
        page = await _desk(await new_context(), house.port, adviser.session)

        first, second, end = await page.evaluate(TONES)

        assert 0.1 < first < 0.5
        assert 0.1 < second < 0.5
        assert end < 0.01
        await adviser.client.close()


async def _rang(page: Page, number: int) -> dict[str, Any]:
    """Wait until a desk has told of so many; return all that it played and showed."""
    await expect(page).to_have_title(re.compile(rf"^\({number}\) "))
    await expect(page.locator("html")).to_have_attribute("data-notices", str(number))
    heard: dict[str, Any] = await page.evaluate("window.heard")
    assert heard["tones"] == 2 + 2 * number  # it was heard once when it was switched on
    return heard


async def _desk(context: BrowserContext, port: int, session: str) -> Page:
    """Open an adviser's desk, and switch its bell on."""
    origin = f"http://localhost:{port}"
    await context.add_cookies([{"name": "session", "value": session, "url": origin}])
    await context.add_init_script(HIDDEN)
    page = await context.new_page()
    await page.goto(f"{origin}/desk")
    await expect(page.locator("#live")).to_be_visible()
    await page.locator("#bell").click()
    await expect(page.locator("#bell")).to_have_attribute("aria-pressed", "true")
    return page

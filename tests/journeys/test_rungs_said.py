"""What is said on each rung of the ladder, down to the phone and up again."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import running_demo
from tests.journeys.people import customer, staff

pytestmark = [pytest.mark.slow, pytest.mark.both, pytest.mark.journey]

TOLD_OTHERWISE = """
window.weather = {};
const figures = RTCPeerConnection.prototype.getStats;
let last = null;
RTCPeerConnection.prototype.getStats = async function (...given) {
  const { room, delay, isDead } = window.weather;
  if (isDead && last) return last;
  const told = new Map();
  for (const [id, stats] of await figures.apply(this, given)) {
    const isWay = stats.type === 'candidate-pair' && stats.nominated && room !== undefined;
    told.set(id, isWay ? { ...stats, availableOutgoingBitrate: room, currentRoundTripTime: delay } : stats);
  }
  return (last = told);
};
"""
"""A way with so much room and delay; a dead one lets nothing come any more."""


async def be(page: Page, **weather: float | bool) -> None:
    await page.evaluate("weather => void (window.weather = weather)", weather)


async def test_each_rung_has_its_sentence_and_a_dead_way_shows_no_picture_of_before(
    tmp_path: Path, new_context: NewContext, new_browser: NewContext | NewFirefox
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_browser(viewport=PHONE), demo)
        ilmari = await staff(await new_context(), demo)
        await aino.page.context.add_init_script(TOLD_OTHERWISE)
        path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
        await aino.comes_in(path)
        await aino.is_in("waiting")
        await ilmari.signs_in("ilmari")
        await ilmari.opens_meeting_of("Aino Virtanen")
        await ilmari.lets_in()
        await aino.is_in("table")
        await aino.sees_and_hears()
        status, blank = aino.page.locator("#meeting-status"), aino.page.locator("#meeting-blank")

        await be(aino.page, room=150_000, delay=0.05)
        await expect(status).to_contain_text("Oma kuva lähtee toistaiseksi pienempänä")
        await expect(blank).to_be_hidden()
        await be(aino.page, room=40_000, delay=1.5)
        await expect(status).to_contain_text("Kuva on tauolla, ja ääni jatkuu")
        await be(aino.page, isDead=True)
        await expect(status).to_contain_text("Viesteihin voi kirjoittaa")
        await expect(blank).to_be_visible()
        await expect(status).to_contain_text(
            "Voitte jatkaa puhelimella tai kirjoittaa viesteihin", timeout=60_000
        )
        await expect(aino.page.locator("#phone-instead")).to_have_attribute("open", "")
        assert await faults_of(aino.page) == []
        await be(aino.page)
        await expect(status).to_contain_text("Yhteys toimii", timeout=60_000)
        await expect(blank).to_be_hidden()

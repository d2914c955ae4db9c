"""How long a voice is missing when a third joins, and when the meeting is handed over."""

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import NewContext
from tests.journeys.demo_process import Demo
from tests.journeys.people import staff
from tests.journeys.test_handing_over import are_connected, asks_ainikki, met

pytestmark = [pytest.mark.journey, pytest.mark.slow]

BAR_SECONDS = 1.0
CALM_MS = 8_000
WATCH_VOICES = """
() => {
  const counts = new Map();
  const watched = {first: {at: performance.now(), gap: 0}, any: {at: performance.now(), gap: 0}};
  const first = window.connections.find(({connectionState}) => connectionState === 'connected');
  const passes = (one) => { one.gap = Math.max(one.gap, performance.now() - one.at); };
  const heard = (one) => { passes(one); one.at = performance.now(); };
  const look = async (connection) => {
    for (const {type, kind, packetsReceived} of (await connection.getStats()).values()) {
      if (type !== 'inbound-rtp' || kind !== 'audio') continue;
      if (packetsReceived <= (counts.get(connection) ?? 0)) continue;
      counts.set(connection, packetsReceived);
      heard(watched.any);
      if (connection === first) heard(watched.first);
    }
  };
  const again = async () => {
    const open = window.connections.filter(({connectionState}) => connectionState === 'connected');
    await Promise.all(open.map(look));
    passes(watched.any);
    if (open.includes(first)) passes(watched.first);
    window.looking = setTimeout(again, 20);
  };
  window.watched = watched;
  void again();
}
"""
"""Looks every 20 ms, for how long no packet of sound has come: by the first connection, and by any."""

GAPS = """
() => {
  clearTimeout(window.looking);
  return [window.watched.first.gap / 1000, window.watched.any.gap / 1000];
}
"""


async def watches(page: Page) -> None:
    await page.evaluate(WATCH_VOICES)


async def gaps(page: Page) -> tuple[float, float]:
    """Return the longest silence of the first connection, and of all at once, in seconds."""
    first, anybody = await page.evaluate(GAPS)
    return float(first), float(anybody)


async def test_no_voice_is_missed_when_a_third_joins_and_when_the_adviser_changes(
    demo: Demo, new_context: NewContext
) -> None:
    aino, ilmari = await met(demo, new_context)
    ainikki = await staff(await new_context(), demo)
    await ainikki.signs_in("ainikki")
    await watches(aino.page)
    await aino.page.wait_for_timeout(CALM_MS)
    calm, _ = await gaps(aino.page)

    await asks_ainikki(ilmari)
    await watches(aino.page)
    await watches(ilmari.page)
    await ainikki.page.locator(".wait--call a.button--primary").click()
    await expect(ainikki.page.locator("#meeting")).to_have_attribute("data-seat", "adviser", timeout=20_000)
    await are_connected(aino)
    joined = max((await gaps(aino.page))[0], (await gaps(ilmari.page))[0])
    await watches(aino.page)
    await ilmari.page.locator("#leave").click()
    await expect(aino.page.locator("#besides")).to_be_hidden()
    await aino.page.wait_for_timeout(CALM_MS)
    _, handed_over = await gaps(aino.page)

    beside = f"(bar {BAR_SECONDS:.1f}; the same call left alone: {calm:.2f} s)"
    print(f"\na third joins: longest gap in the voice that was there {joined:.2f} s {beside}")
    print(f"handed over: longest gap in the adviser's voice, whoever's {handed_over:.2f} s {beside}")
    assert max(joined, handed_over) <= max(BAR_SECONDS, 1.2 * calm)

"""Adviser and colleague have a private word, of which the customer hears and reads nothing, and knows."""

import pytest
from playwright.async_api import expect

from tests.instances.browser import NewContext
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, staff
from tests.journeys.test_handing_over import are_connected, asks_ainikki, met

pytestmark = pytest.mark.journey


SCREENS = """
async () => {
  let frames = 0;
  for (const connection of window.connections) {
    const [, screen] = connection.getTransceivers().filter(({receiver}) => receiver.track.kind === 'video');
    if (!screen) continue;
    for (const stat of (await screen.receiver.getStats()).values())
      if (stat.type === 'inbound-rtp') frames += stat.framesDecoded;
  }
  return frames;
}
"""


async def hears_and_sees_nothing(aino: Customer) -> None:
    """Wait until two seconds have brought no sound and no screen, whatever was still on its way."""
    before, frames = await aino.media(), await aino.page.evaluate(SCREENS)
    assert frames > 0
    for _ in range(15):
        await aino.page.wait_for_timeout(2_000)
        now, frames_now = await aino.media(), await aino.page.evaluate(SCREENS)
        if now.audio_energy - before.audio_energy < 1e-6 and frames_now == frames:
            return
        before, frames = now, frames_now
    raise AssertionError("the customer still hears or sees something")


async def test_a_private_word_is_cut_where_it_is_spoken(demo: Demo, new_context: NewContext) -> None:
    aino, ilmari = await met(demo, new_context)
    ainikki = await staff(await new_context(), demo)
    await ainikki.signs_in("ainikki")
    await asks_ainikki(ilmari)
    await ainikki.page.locator(".wait--call a.button--primary").click()
    await expect(ainikki.page.locator("#meeting")).to_have_attribute("data-seat", "adviser", timeout=20_000)
    await are_connected(aino, ilmari, ainikki)

    await ilmari.page.locator('#share [data-part="share"]').click()
    await expect(aino.page.locator("#screen video")).to_be_visible()

    await ainikki.page.locator("#confer").click()
    await expect(aino.page.locator("#conferring")).to_contain_text("neuvottelevat hetken keskenään")
    await expect(aino.page.locator("#screen")).to_be_hidden()
    await expect(ainikki.page.locator("#screen video")).to_be_visible()
    await expect(ilmari.page.locator("#sharing")).to_contain_text("vain työtoverisi")
    await ilmari.page.locator("#say-text").fill("Hän kysyy korosta")
    await ilmari.page.locator("#say button").click()
    await expect(ainikki.page.locator("#texts .text--aside")).to_contain_text("Hän kysyy korosta")
    await hears_and_sees_nothing(aino)
    await ilmari.sees_and_hears()
    await expect(aino.page.locator("#texts")).not_to_contain_text("korosta")

    await ilmari.page.locator("#confer").click()
    await expect(aino.page.locator("#conferring")).to_be_hidden()
    await expect(aino.page.locator("#screen video")).to_be_visible()
    await aino.sees_and_hears()

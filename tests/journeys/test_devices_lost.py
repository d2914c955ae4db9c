"""Devices that go in the middle of a meeting: unplugged, or taken away by the system."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import running_demo
from tests.journeys.people import Customer, customer, staff

pytestmark = pytest.mark.journey

OPENED = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
window.opened = [];
window.lacking = [];
navigator.mediaDevices.enumerateDevices = async () => [
  ...(await list()).filter(({deviceId}) => !window.lacking.includes(deviceId)),
  {kind: 'videoinput', deviceId: 'back', label: 'Takakamera', groupId: ''},
];
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const isBack = wanted.video?.deviceId?.exact === 'back';
  const stream = await open(isBack ? {video: true} : wanted);
  for (const track of isBack ? stream.getTracks() : [])
    track.getSettings = () => ({deviceId: 'back'});
  window.opened.push(...stream.getTracks());
  return stream;
};
"""
UNPLUG = """() => {
  const at = performance.now();
  const said = document.querySelector('#device-said');
  said.textContent = '';
  new MutationObserver(() => (window.saidAfter = performance.now() - at)).observe(said, {childList: true});
  const track = window.opened.findLast(({kind, readyState}) => kind === 'audio' && readyState === 'live');
  track.stop();
  track.dispatchEvent(new Event('ended'));
}"""
TAKE_AWAY = """() => {
  const track = window.opened.findLast(({kind, readyState}) => kind === 'audio' && readyState === 'live');
  Object.defineProperty(track, 'muted', {value: true});
  track.dispatchEvent(new Event('mute'));
}"""
UNLIST = """async () => {
  const track = window.opened.findLast(({kind, readyState}) => kind === 'audio' && readyState === 'live');
  window.lacking = [track.getSettings().deviceId];
  document.querySelector('#device-said').textContent = '';
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}"""
PAUSE = "document.querySelector('#remote').pause()"
SENT = """() => {
  const senders = window.connections.at(-1).getSenders();
  const track = senders.map(({track}) => track).find((each) => each?.kind === 'audio');
  return [track?.readyState, track?.enabled];
}"""


async def heard_more(page: Page, aino: Customer) -> None:
    """Wait until more of the other side's voice has come in."""
    before = (await aino.media()).audio_energy
    for _ in range(150):
        if (await aino.media()).audio_energy > before:
            return
        await page.wait_for_timeout(100)
    raise AssertionError("nothing more was heard")


async def sends(page: Page, voice: list[object]) -> None:
    """Wait until the voice is sent so: by a track that lives or not, and that gives or not."""
    for _ in range(100):
        if await page.evaluate(SENT) == voice:
            return
        await page.wait_for_timeout(100)
    assert await page.evaluate(SENT) == voice


async def test_unplugged_microphone_is_replaced_and_said_and_taken_sound_comes_back_by_one_tap(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE), demo)
        ilmari = await staff(await new_context(), demo)
        await ilmari.page.context.add_init_script(OPENED)
        path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
        await aino.comes_in(path)
        await aino.is_in("waiting")
        await ilmari.signs_in("ilmari")
        await ilmari.opens_meeting_of("Aino Virtanen")
        await ilmari.lets_in()
        await aino.sees_and_hears()
        page = ilmari.page

        await page.evaluate(UNPLUG)
        await expect(page.locator("#device-said")).to_contain_text(
            "Mikrofoni irrotettiin. Nyt käytössä: Fake"
        )
        await heard_more(page, aino)
        await sends(page, ["live", True])

        await page.locator("#mute").click()
        await page.evaluate(UNPLUG)
        await expect(page.locator("#device-said")).to_contain_text("Nyt käytössä: Fake")
        await sends(page, ["live", False])  # the next one is as muted as the one before
        await page.locator("#mute").click()
        after = await page.evaluate("window.saidAfter")
        print(f"\nunplugged: the next one in use and said after {after:.0f} ms (bar 1,000)")

        await page.evaluate(UNLIST)  # a browser that does not end the track
        await expect(page.locator("#device-said")).to_contain_text("Nyt käytössä: Fake")
        await sends(page, ["live", True])

        for take in (TAKE_AWAY, PAUSE):
            await page.evaluate(take)
            await expect(page.locator("#sound-back")).to_be_visible()
            await page.locator("#sound-back").click()
            await expect(page.locator("#sound-taken")).to_be_hidden()
        await heard_more(page, aino)
        assert await page.evaluate("document.querySelector('#remote').paused") is False

        await page.locator("#other-camera").click()
        await expect(page.locator("#choose-camera")).to_have_value("back")
        await page.locator("#other-camera").click()
        await expect(page.locator("#choose-camera")).not_to_have_value("back")
        await aino.sees_and_hears()
        await page.locator("#on-top").click()
        await expect(page.locator("#on-top")).to_have_attribute("aria-pressed", "true")

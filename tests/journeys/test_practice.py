"""Practice in two browsers: from the reminder's link to the verdict, and to the adviser's desk.

`.venv/bin/python -m pytest tests/journeys/test_practice.py -s -m ""` prints how long it takes.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.bars import Within
from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Customer, staff
from tests.journeys.practising import Practising

pytestmark = pytest.mark.journey

BAR_SECONDS = 60
LOOK = """
() => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 48, height: 36});
  const context = canvas.getContext('2d');
  context.drawImage(document.querySelector('#practice-adviser'), 0, 0, 48, 36);
  return Array.from(context.getImageData(0, 0, 48, 36).data).join();
}
"""


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with running_demo(tmp_path) as running:
        yield running
    assert running.faults == []


@pytest.fixture
async def page(new_browser: NewContext | NewFirefox) -> Page:
    """Open a page in Chromium, and then in Firefox."""
    return await (await new_browser(viewport=PHONE)).new_page()


async def test_aino_practises_by_her_link_and_her_adviser_reads_that_she_is_ready(
    demo: Demo, page: Page, new_context: NewContext, within: Within
) -> None:
    path = await Customer(page, demo).books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    aino = Practising(page, demo)

    await aino.opens(f"{path}/practice")
    await aino.walks()
    kind, advice = await aino.verdict()

    assert kind == "good", advice
    within(BAR_SECONDS, aino.seconds)
    print(f"practice from link to verdict, {name(page)}, answering at once: {aino.seconds:.1f} s")
    ilmari = await staff(await new_context(), demo)
    await ilmari.signs_in("ilmari")
    await expect(ilmari.row_of("Aino Virtanen").locator(".badge--good")).to_have_text("Harjoitellut: valmis")


@pytest.mark.slow
async def test_practice_that_nobody_answers_ends_within_the_minute(
    demo: Demo, page: Page, within: Within
) -> None:
    nobody = Practising(page, demo)

    await nobody.opens("/practice")
    await nobody.starts()
    kind, _ = await nobody.verdict()

    assert kind in ("good", "usable")
    within(BAR_SECONDS, nobody.seconds)
    print(f"practice from link to verdict, {name(page)}, answering nothing: {nobody.seconds:.1f} s")


async def test_drawn_adviser_moves_and_a_person_who_saw_nothing_is_told_one_thing(
    demo: Demo, page: Page
) -> None:
    aino = Practising(page, demo)
    await aino.opens("/practice?lang=en")
    await aino.starts()
    await aino.is_at("greeting")
    await sees_different_pictures(page)

    await aino.answers("greeting", "no")
    for step in ("page", "mute", "unmute"):
        await aino.answers(step, "skip")
    kind, advice = await aino.verdict()

    assert (kind, advice.partition(":")[0]) == ("poor", "You did not see or hear the adviser")


async def test_adviser_hears_for_himself_that_a_microphone_stays_silent(demo: Demo, page: Page) -> None:
    await page.add_init_script(STAYS_SILENT)
    aino = Practising(page, demo)

    await aino.opens("/practice?lang=en")
    await aino.walks()
    kind, advice = await aino.verdict()

    assert (kind, advice.partition(":")[0]) == ("poor", "The practice adviser did not hear you")


async def sees_different_pictures(page: Page) -> None:
    seen: set[str] = set()
    for _ in range(100):
        seen.add(await page.evaluate(LOOK))
        if len(seen) > 3:
            return
        await page.wait_for_timeout(100)
    raise AssertionError("the adviser does not move")


STAYS_SILENT = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async wanted => {
  const stream = await open(wanted), context = new AudioContext();
  if (!wanted.audio) return stream;
  for (const track of stream.getAudioTracks()) { track.stop(); stream.removeTrack(track); }
  stream.addTrack(context.createMediaStreamDestination().stream.getAudioTracks()[0]);
  return stream;
};
"""


def name(page: Page) -> str:
    browser = page.context.browser
    return browser.browser_type.name if browser else "?"

"""How an adviser is seen: never with their room where the organisation says so, and not at all at one key."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Customer, Staff, customer, staff
from tests.picture.bare_page import CAMERA
from web.pages.meeting import FILTER
from web.static import Assets

pytestmark = pytest.mark.journey

FORCED = {"KOHTAAMO_PICTURE": "forced"}
WITH_MARKER = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await open(wanted);
  for (const old of stream.getVideoTracks()) {
    old.stop();
    stream.removeTrack(old);
    stream.addTrack(window.markedCamera());
  }
  return stream;
};
"""
WATCHED = """
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...given) {
    super(...given);
    const watch = ({track}) => track.kind === 'video' && window.watchPictures(track.clone());
    this.addEventListener('track', watch);
  }
};
"""


async def both(
    demo: Demo, new_context: NewContext, new_browser: NewContext | NewFirefox
) -> tuple[Customer, Staff]:
    """Aino looks in Chromium at every picture that comes in; Ilmari sits before a wall with a marker."""
    aino = await customer(await new_context(viewport=PHONE), demo)
    ilmari = await staff(await new_browser(), demo)
    for person, more in ((aino, WATCHED), (ilmari, WITH_MARKER)):
        await person.page.context.add_init_script(path=CAMERA)
        await person.page.context.add_init_script(more)
    path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.is_in("table")
    return aino, ilmari


async def pictures(page: Page, more_than: int = 0) -> tuple[int, int]:
    """Wait for more pictures, and return how many came, and how many of them have the marker."""
    for _ in range(200):
        seen = await page.evaluate("window.seen")
        if seen["frames"] > more_than + 5:
            return seen["frames"], seen["marked"]
        await page.wait_for_timeout(100)
    raise AssertionError("no picture came in")


async def test_room_of_an_adviser_is_never_seen_where_the_organisation_says_so(
    tmp_path: Path, new_context: NewContext, new_browser: NewContext | NewFirefox
) -> None:
    async with running_demo(tmp_path, settings=FORCED) as demo:
        aino, ilmari = await both(demo, new_context, new_browser)
        await aino.sees_and_hears()
        _, marked = await pictures(aino.page)

        assert marked == 0
        assert await ilmari.page.locator('#choose-picture option[value="neutral"]').count() == 1
        assert await ilmari.page.locator('#choose-picture option[value="bare"]').count() == 0
        if Assets().find(FILTER):  # which no browser here can run: there is no WebGL
            await expect(ilmari.page.locator("#picture-said")).not_to_be_empty(timeout=40_000)
        assert (await pictures(aino.page))[1] == 0


async def test_one_key_cuts_picture_and_voice_and_gives_back_what_was_given(
    tmp_path: Path, new_context: NewContext, new_browser: NewContext | NewFirefox
) -> None:
    async with running_demo(tmp_path) as demo:
        aino, ilmari = await both(demo, new_context, new_browser)
        await aino.sees_and_hears()
        _, marked = await pictures(aino.page)
        assert marked > 0  # the camera goes as it is, and the marker is there to be seen
        await ilmari.page.locator("#camera").click()

        await ilmari.page.locator("#say-text").press("F8")
        await expect(aino.page.locator("#announcer")).to_contain_text("mykis")
        assert await ilmari.page.evaluate(SENDS) == [False, False]
        await expect(ilmari.page.locator("#privacy")).to_have_class("button button--off")
        await ilmari.page.locator("#privacy").click()

        await expect(ilmari.page.locator("#privacy")).to_have_class("button")
        assert await ilmari.page.evaluate(SENDS) == [True, False]


SENDS = """() => {
  const senders = window.connections.at(-1).getSenders().filter(({track}) => track);
  return ['audio', 'video'].map((kind) => senders.find(({track}) => track.kind === kind)?.track.enabled);
}"""


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.timeout(600)
async def test_ten_joins_of_an_adviser_whose_room_is_hidden_show_no_marker(
    tmp_path: Path, new_context: NewContext, new_browser: NewContext | NewFirefox
) -> None:
    async with running_demo(tmp_path, settings=FORCED) as demo:
        aino, ilmari = await both(demo, new_context, new_browser)
        frames, marked = await pictures(aino.page)
        for _ in range(9):
            await ilmari.page.reload()
            frames, marked = await pictures(aino.page, more_than=frames)

    print(f"\n10 joins in the real meeting, {frames} frames received, {marked} with the marker")
    assert marked == 0

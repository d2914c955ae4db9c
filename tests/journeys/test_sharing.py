"""An adviser shares the screen: the customer sees it in the page's place beside the face, until it ends."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.swallowing import swallowing_way
from tests.journeys.demo_process import Demo
from tests.journeys.people import customer, staff
from tests.journeys.test_handing_over import met
from tests.server.papers import pdf, words

pytestmark = pytest.mark.journey

MOVES = """
async (selector) => {
  const video = document.querySelector(selector);
  for (let come = 0; come < 3; come += 1)
    await new Promise((shown) => video.requestVideoFrameCallback(shown));
  return true;
}
"""
"""Waits for three pictures more."""

ENDED = """
() => window.connections.flatMap((one) => one.getSenders()).map(({track}) => track)
  .find((track) => track?.getSettings().displaySurface).dispatchEvent(new Event('ended'))
"""
"""What the browser says when its own button stops it."""

CAMERA_AS_SCREEN = """
async () => {
  const address = document.querySelector('script[src*="meeting/main"]').src.replace('main.js', 'peer.js');
  const {Peer} = await import(address);
  const [camera] = document.querySelector('#self').srcObject.getVideoTracks();
  const peer = new Peer(new MediaStream(), null, {});
  try {
    peer.share(camera);
  } catch (error) {
    return error.name;
  } finally {
    peer.disconnect();
  }
}
"""


async def moves(page: Page, selector: str) -> None:
    await expect(page.locator(selector)).to_be_visible()
    assert await page.evaluate(MOVES, selector)


async def test_the_customer_sees_the_screen_beside_the_face_and_then_the_page_again(
    demo: Demo, new_context: NewContext, tmp_path: Path
) -> None:
    paper = tmp_path / "offer.pdf"
    paper.write_bytes(pdf([words("The offer")]))
    aino, ilmari = await met(demo, new_context)
    await ilmari.hands_in(paper)
    await aino.sees_page(1)
    share, stop = (
        ilmari.page.locator('#share [data-part="share"]'),
        ilmari.page.locator('#sharing [data-part="stop"]'),
    )

    await share.click()
    await expect(stop).to_be_focused()
    await expect(aino.page.locator("#screen-said")).to_have_text("Ilmari Seppä jakaa näyttönsä")
    await moves(aino.page, "#screen video")
    await moves(aino.page, "#remote")
    await expect(aino.page.locator('[data-document-page="1"]')).to_be_hidden()

    await aino.page.reload()
    await moves(aino.page, "#screen video")

    await ilmari.page.keyboard.press("F8")
    await expect(aino.page.locator("#screen")).to_be_hidden()
    await aino.sees_page(1)
    await ilmari.page.keyboard.press("F8")
    await expect(share).to_be_focused()

    await share.click()
    await moves(aino.page, "#screen video")
    await ilmari.page.evaluate(ENDED)
    await expect(aino.page.locator("#screen-said")).to_have_text("Ilmari Seppä ei enää jaa näyttöään.")
    assert await ilmari.page.evaluate(CAMERA_AS_SCREEN) == "TypeError"


IS_BLACK = """
() => {
  const video = document.querySelector('#screen video');
  const on = new OffscreenCanvas(32, 20).getContext('2d');
  on.drawImage(video, 0, 0, 32, 20);
  return on.getImageData(0, 0, 32, 20).data.every((value, at) => at % 4 === 3 || value < 24);
}
"""


async def turns_black(page: Page) -> None:
    """Wait until nothing is left of the screen, though the page still believes that there is one."""
    for _ in range(50):
        if await page.evaluate(IS_BLACK):
            return
        await page.wait_for_timeout(100)
    raise AssertionError("the screen is still to be seen")


@pytest.mark.slow
@pytest.mark.both
async def test_the_screen_goes_at_one_key_where_no_word_gets_through_and_is_told_later(
    demo: Demo, new_context: NewContext
) -> None:
    async with swallowing_way() as way:
        aino = await customer(await new_context(viewport=PHONE), demo)
        ilmari = await staff(await new_context(proxy=way.address), demo)
        path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
        await aino.comes_in(path)
        await aino.is_in("waiting")
        await ilmari.signs_in("ilmari")
        await ilmari.opens_meeting_of("Aino Virtanen")
        await ilmari.lets_in()
        await ilmari.sees_and_hears()
        await ilmari.page.locator('#share [data-part="share"]').click()
        await moves(aino.page, "#screen video")
        assert not await aino.page.evaluate(IS_BLACK)

        way.swallows = True
        await ilmari.page.keyboard.press("F8")
        await turns_black(aino.page)
        await expect(aino.page.locator("#screen")).to_be_visible()  # nobody has told her
        await way.heal()

        await expect(aino.page.locator("#screen")).to_be_hidden()
        await expect(aino.page.locator("#screen-said")).to_have_text("Ilmari Seppä ei enää jaa näyttöään.")
        await ilmari.page.keyboard.press("F8")
        await ilmari.page.locator('#share [data-part="share"]').click()
        await moves(aino.page, "#screen video")
        assert not await aino.page.evaluate(IS_BLACK)

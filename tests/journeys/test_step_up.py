"""In the middle of a call the customer identifies in another tab, and picture and sound go on."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.bars import Within
from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Staff, customer, staff
from tests.journeys.phones import AINO, asks, press
from tests.server.papers import pdf, words

pytestmark = pytest.mark.journey

LONGEST_GAP_MS = 500
WATCH = """
() => {
  const connection = window.connections.find((each) => each.connectionState === 'connected');
  const seen = window.seen = {gap: 0, looks: 0, bytes: 0, first: null, isOver: false};
  (async () => {
    while (!seen.isOver) {
      let last = 0, bytes = 0, now = 0;
      for (const stat of (await connection.getStats()).values()) {
        if (stat.type !== 'inbound-rtp') continue;
        last = Math.max(last, stat.lastPacketReceivedTimestamp);
        now = stat.timestamp;
        bytes += stat.bytesReceived;
      }
      seen.first ??= bytes;
      seen.gap = Math.max(seen.gap, now - last);
      seen.bytes = bytes - seen.first;
      seen.looks += 1;
      await new Promise((next) => setTimeout(next, 50));
    }
  })();
}
"""
SEEN = "() => { window.seen.isOver = true; return window.seen; }"


@dataclass(frozen=True, slots=True)
class Flow:
    """What came in while one looked: the longest time without a packet, and how much."""

    gap_ms: float
    bytes: int
    looks: int


async def flow(page: Page) -> Flow:
    seen = await page.evaluate(SEEN)
    return Flow(seen["gap"], seen["bytes"], seen["looks"])


async def in_a_call(demo: Demo, new_context: NewContext) -> tuple[Customer, Staff]:
    """Bring Aino, of whom nothing is asked, and Ilmari to where they see and hear each other."""
    aino = await customer(await new_context(viewport=PHONE), demo)
    ilmari = await staff(await new_context(), demo)
    path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.sees_and_hears()
    await ilmari.sees_and_hears()
    return aino, ilmari


async def shows_locked(ilmari: Staff, folder: Path) -> None:
    """Put a document before both that opens to who is identified alone."""
    paper = folder / "offer.pdf"
    paper.write_bytes(pdf([words("The offer")]))
    row = ilmari.page.locator("#documents .paper")
    await ilmari.page.locator('#documents [data-part="file"]').set_input_files(paper)
    await row.locator('[data-part="lock"]').select_option("substantial")
    await row.locator('[data-part="show"]').click()
    await ilmari.sees_page(1)


async def test_customer_identifies_beside_the_call_and_the_picture_never_stops(
    demo: Demo, new_context: NewContext, within: Within
) -> None:
    aino, ilmari = await in_a_call(demo, new_context)
    badge = ilmari.page.locator("#identity")
    await expect(badge).to_have_attribute("data-standing", "none")
    for each in (aino, ilmari):
        await each.page.evaluate(WATCH)

    await ilmari.asks_for_identification()
    await expect(aino.page.locator("#proof-asked")).to_be_visible()
    await aino.identifies_in_another_tab("aino")

    await expect(badge).to_have_attribute("data-standing", "bound")
    await expect(aino.page.locator("#proof-asked")).to_be_hidden()
    flows = await asyncio.gather(flow(aino.page), flow(ilmari.page))
    print("while the customer was at the bank:", *flows)
    assert all(each.bytes > 0 and each.looks > 10 for each in flows)
    within(LONGEST_GAP_MS, *[each.gap_ms for each in flows])
    assert await aino.page.evaluate("window.connections.length") == 1
    await expect(ilmari.page.locator("#meeting-peer")).to_have_text("Aino Maria Virtanen")


async def test_locked_document_opens_by_itself_once_the_customer_is_identified(
    demo: Demo, new_context: NewContext, tmp_path: Path
) -> None:
    aino, ilmari = await in_a_call(demo, new_context)
    await shows_locked(ilmari, tmp_path)
    await expect(aino.page.locator('#documents [data-part="locked"]')).to_be_visible()
    await expect(aino.page.locator("#documents")).not_to_contain_text("offer.pdf")

    await ilmari.asks_for_identification()
    await aino.identifies_in_another_tab("aino")

    await aino.sees_page(1)
    await expect(aino.page.locator('#documents [data-part="locked"]')).to_be_hidden()


async def test_customer_identifies_by_phone_beside_the_call_and_the_locked_document_opens(
    demo: Demo, new_context: NewContext, tmp_path: Path, within: Within
) -> None:
    aino, ilmari = await in_a_call(demo, new_context)
    phone = await (await new_context(base_url=demo.address, viewport=PHONE)).new_page()
    await shows_locked(ilmari, tmp_path)
    unseen = ilmari.page.locator('#documents [data-part="unseen"]')
    await expect(unseen).to_be_visible()
    await expect(aino.page.locator('#documents [data-part="locked"]')).to_be_visible()
    for each in (aino, ilmari):
        await each.page.evaluate(WATCH)

    await ilmari.asks_for_identification()
    tab = await aino.opens_identification()
    code = await asks(tab, AINO)
    shown = await press(phone, "confirm")
    await tab.wait_for_url(re.compile("/identified"))

    await expect(ilmari.page.locator("#identity")).to_have_attribute("data-standing", "bound")
    await aino.sees_page(1)
    await expect(unseen).to_be_hidden()
    flows = await asyncio.gather(flow(aino.page), flow(ilmari.page))
    print("while the customer was at the phone:", *flows)
    assert shown == code
    assert all(each.bytes > 0 and each.looks > 10 for each in flows)
    within(LONGEST_GAP_MS, *[each.gap_ms for each in flows])
    assert await aino.page.evaluate("window.connections.length") == 1
    await expect(ilmari.page.locator('#identity [data-part="method"]')).to_contain_text("Mobiilivarmenne")


async def test_adviser_hears_that_the_customer_stopped_or_does_not_want_to(
    demo: Demo, new_context: NewContext
) -> None:
    aino, ilmari = await in_a_call(demo, new_context)
    state = ilmari.page.locator("#ask-proof-state")
    await ilmari.asks_for_identification()
    beside = Customer(await aino.opens_identification(), demo)
    await beside.goes_to_the_bank()
    await expect(state).to_have_text("Asiakas tunnistautuu toisessa välilehdessä.")

    await beside.chooses_at_the_bank("cancel")
    await expect(state).to_have_text("Asiakas keskeytti tunnistautumisen.")
    await aino.page.locator('#proof-asked [data-part="decline"]').click()

    await expect(state).to_have_text("Asiakas ei halua tunnistautua nyt.")
    await expect(ilmari.page.locator("#identity")).to_have_attribute("data-standing", "none")

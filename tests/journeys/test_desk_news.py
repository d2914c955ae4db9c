"""The adviser's desk hears at once of what customers do; how soon by the page's own clock, is printed.

It prints `the desk shows a booking after … ms, a move after … ms, a cancellation after … ms`.
"""

import asyncio
import re
from datetime import timedelta

import pytest
from playwright.async_api import Page, Route, expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.smtp import Mailbox
from tests.journeys.days import next_monday
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey

NURSE = "Terveydenhoitajan vastaanotto"

NO_TICKER = """
window.Worker = class { terminate() {} };
"""
"""Takes from the desk its look every few seconds, so that it sees nothing but what it is told."""

WATCH_ROWS = """
window.changedAt = 0;
new MutationObserver(() => { window.changedAt = Date.now(); })
  .observe(document.getElementById("visits"), {childList: true, subtree: true, characterData: true});
"""

WATCH_SENDING = """
addEventListener("submit", () => sessionStorage.setItem("sentAt", String(Date.now())), true);
"""
"""When the last form was sent, by the clock of the customer's page, which is the same machine's."""


async def test_the_desk_is_told_of_a_booking_a_move_and_a_cancellation(
    demo: Demo, new_context: NewContext
) -> None:
    monday = next_monday(demo, 10)
    demo.turn_clock_to(monday)
    ilmari = await _at_the_desk(await staff(await new_context(), demo))
    aino = await customer(await new_context(viewport=PHONE), demo)
    await aino.page.add_init_script(WATCH_SENDING)
    row, told = ilmari.row_of("Aino Virtanen"), []

    path = await aino.books(NURSE, "Aino Virtanen", "aino@example.org", at=monday + timedelta(hours=4))
    await expect(row).to_contain_text("14.00–14.20")
    told.append(await _milliseconds(aino.page, ilmari.page))
    await _moves(aino, path)
    await expect(row).not_to_contain_text("14.00–14.20")
    told.append(await _milliseconds(aino.page, ilmari.page))
    await aino.open(f"{path}/cancel")
    await aino.page.locator(f'form[action="{path}/cancel"] button').click()
    await expect(row).to_have_attribute("data-mood", "over")
    told.append(await _milliseconds(aino.page, ilmari.page))

    booked, moved, cancelled = told
    print(
        f"the desk shows a booking after {booked} ms, a move after {moved} ms, "
        f"a cancellation after {cancelled} ms"
    )


async def test_the_desk_is_told_of_a_letter_that_comes_back(
    demo: Demo, new_context: NewContext, mailbox: Mailbox
) -> None:
    mailbox.answer = "550 5.1.1 nobody of that name"
    ilmari = await _at_the_desk(await staff(await new_context(), demo))
    aino = await customer(await new_context(viewport=PHONE), demo)

    await aino.books(NURSE, "Aino Virtanen", "aino@example.org")

    await expect(ilmari.row_of("Aino Virtanen")).to_contain_text("Viesti ei tullut perille")


async def test_an_older_copy_of_the_list_that_comes_later_is_let_fall(
    demo: Demo, new_context: NewContext
) -> None:
    demo.turn_clock_to(next_monday(demo, 10))
    ilmari = await _at_the_desk(await staff(await new_context(), demo))
    aino = await customer(await new_context(viewport=PHONE), demo)
    copies: list[Route] = []
    is_late, has_come = asyncio.Event(), asyncio.Event()

    async def hold_the_first(route: Route) -> None:
        copies.append(route)
        if len(copies) > 1:
            await route.continue_()
            return
        old = await route.fetch()
        await is_late.wait()
        await route.fulfill(response=old)
        has_come.set()

    await ilmari.page.route(lambda url: url.endswith("/desk"), hold_the_first)

    await aino.books(NURSE, "Aino Virtanen", "aino@example.org")
    await aino.books(NURSE, "Lemminkäinen Saari", "lemminkainen@example.org")
    await expect(ilmari.row_of("Lemminkäinen Saari")).to_be_visible()
    is_late.set()
    await has_come.wait()
    await ilmari.page.evaluate("fetch(location.href).then((answer) => answer.text())")

    assert len(copies) > 1
    await expect(ilmari.row_of("Aino Virtanen")).to_be_visible()
    await expect(ilmari.row_of("Lemminkäinen Saari")).to_be_visible()


async def test_a_press_ends_on_what_it_began_though_the_list_has_changed_meanwhile(
    demo: Demo, new_context: NewContext
) -> None:
    demo.turn_clock_to(next_monday(demo, 10))
    ilmari = await _at_the_desk(await staff(await new_context(), demo))
    aino = await customer(await new_context(viewport=PHONE), demo)
    await aino.books(NURSE, "Aino Virtanen", "aino@example.org")
    await ilmari.row_of("Aino Virtanen").locator('[data-part="open"]').hover()

    await ilmari.page.mouse.down()
    async with ilmari.page.expect_response(lambda answer: answer.url.endswith("/desk")) as copy:
        await aino.books(NURSE, "Lemminkäinen Saari", "lemminkainen@example.org")
    await (await copy.value).finished()
    await expect(ilmari.row_of("Lemminkäinen Saari")).to_have_count(0)
    await ilmari.page.mouse.up()

    await ilmari.page.wait_for_url(re.compile("/meeting"))


async def _at_the_desk(adviser: Staff) -> Staff:
    """Sign in, and wait until the socket is open: what comes then is told."""
    await adviser.page.add_init_script(NO_TICKER)
    async with adviser.page.expect_websocket(lambda socket: "/ws/desk" in socket.url):
        await adviser.signs_in("ilmari")
    await expect(adviser.page.locator("#live")).to_be_visible()
    await adviser.page.evaluate(WATCH_ROWS)
    return adviser


async def _moves(person: Customer, path: str) -> None:
    await person.open(f"{path}/move")
    await person.page.locator(".day > .slots a").last.click()
    await person.page.locator(f'form[action="{path}/move"] button').click()
    await person.page.wait_for_url(re.compile(r"/a/[\w-]{22}\?"))


async def _milliseconds(customers: Page, advisers: Page) -> int:
    """Return how long after the customer's button the row was another."""
    sent = await customers.evaluate("Number(sessionStorage.getItem('sentAt'))")
    shown = await advisers.evaluate("window.changedAt")
    return int(shown - sent)

"""Whoever is shown out elsewhere leaves desk and meeting within seconds; how many, is printed.

It prints `a session that is ended closes the desk after … s and the meeting after … s`.
"""

import asyncio
from asyncio import Future
from time import monotonic

import pytest
from playwright.async_api import Page, WebSocket, expect

from tests.instances.browser import DESKTOP, PHONE, NewContext
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

PATIENCE_SECONDS = 30
OFFERING = "Asuntolainaneuvottelu"


def closing(page: Page, path: str) -> "Future[float]":
    """Return when the next socket that a page opens at a path will be closed; the page must not go on."""
    closed: Future[float] = asyncio.get_running_loop().create_future()

    def note(_: WebSocket) -> None:
        if not closed.done():
            closed.set_result(monotonic())

    def watch(socket: WebSocket) -> None:
        if path in socket.url:
            socket.on("close", note)

    page.on("websocket", watch)
    return closed


async def brings_to_the_door(aino: Customer) -> None:
    path = await aino.books(OFFERING, "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")


async def test_ending_a_session_closes_its_desk_and_its_meeting(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    await brings_to_the_door(aino)
    mine = await staff(await new_context(viewport=DESKTOP), demo)
    context = await new_context(viewport=DESKTOP)
    desk, meeting = await staff(context, demo), await staff(context, demo)
    desk_closed = closing(desk.page, "/ws/desk")
    meeting_closed = closing(meeting.page, "/ws/meetings/")
    await desk.signs_in("ilmari")
    await meeting.opens_meeting_of("Aino Virtanen")
    await meeting.lets_in()
    await aino.is_in("table")
    await mine.signs_in("ilmari")
    await mine.open("/desk/access?lang=en")

    began = monotonic()
    await mine.page.locator('form[action="/desk/access/sessions/end"] button').click()
    async with asyncio.timeout(PATIENCE_SECONDS):
        took = [at - began for at in await asyncio.gather(desk_closed, meeting_closed)]

    await meeting.is_in("over")
    await expect(aino.page.get_by_text("Ilmari Seppä on poistunut")).to_be_visible()
    print(
        f"a session that is ended closes the desk after {took[0]:.1f} s and the meeting after {took[1]:.1f} s"
    )

"""An admin lets another system be told of bookings, and a worker that is killed tells it of none too few."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp import web as aiohttp_web
from playwright.async_api import Browser, Page
from standardwebhooks import Webhook

from tests.instances.browser import DESKTOP
from tests.instances.receiver import Receiver, receiving
from tests.journeys.axe import faults_in_both_looks, faults_in_turn
from tests.journeys.demo_process import Demo, kohtaamo, running_demo
from tests.journeys.pages import WEBHOOKS
from tests.journeys.people import Staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

ALLOWED = {"KOHTAAMO_WEBHOOK_NETWORKS": "127.0.0.0/8"}


@dataclass(slots=True)
class Program:
    """What books at the demo by its key, one time after another."""

    demo: Demo
    key: str

    async def books(self) -> str:
        """Book the last time of the coming weeks that is still free; return the appointment's id."""
        address, now = f"{self.demo.address}/api/v1", self.demo.now()
        within = {"from": now.isoformat(), "to": (now + timedelta(days=20)).isoformat()}
        async with ClientSession(headers={"Authorization": f"Bearer {self.key}"}) as session:
            async with session.get(f"{address}/offerings") as answer:
                offering = (await answer.json())["offerings"][0]["id"]
            async with session.get(f"{address}/offerings/{offering}/slots", params=within) as answer:
                start = (await answer.json())["slots"][-1]["start"]
            email = f"aino{start[8:13]}{start[14:16]}@example.com"
            wish = {"offering_id": offering, "start": start, "customer": {"name": "Aino", "email": email}}
            async with session.post(f"{address}/appointments", json=wish) as answer:
                assert answer.status == 201, await answer.text()
                return str((await answer.json())["id"])


async def program(demo: Demo) -> Program:
    return Program(demo, (await kohtaamo(demo, "api-key", "webhooks", "--scope", "booking")).split()[-1])


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as opened:
        yield opened


async def opened_page(browser: Browser, demo: Demo) -> Page:
    context = await browser.new_context(base_url=demo.address, viewport=DESKTOP, locale="en-GB")
    page = await context.new_page()
    await Staff(page, demo).signs_in("admin")
    return page


async def added(page: Page, address: str) -> str:
    """Add a webhook in the browser, and return its secret; the page then shows the webhook."""
    await page.goto("/admin/webhooks/new")
    await page.get_by_label("Name", exact=True).fill("Kassa")
    await page.get_by_label("Address", exact=True).fill(address)
    await page.get_by_role("button", name="Add the webhook").click()
    secret = await page.locator(".secret").inner_text()
    await page.get_by_role("link", name="I have copied it").click()
    await page.get_by_role("heading", name="Kassa").wait_for()
    return secret


async def test_a_system_is_told_of_a_booking_and_the_admin_sees_how_it_went(
    tmp_path: Path, browser: Browser, receiver: Receiver
) -> None:
    async with running_demo(tmp_path, settings=ALLOWED) as demo:
        page = await opened_page(browser, demo)
        secret = await added(page, f"{receiver.origin}/hook")
        here = page.url
        receiver.answers = [aiohttp_web.Response(status=503)]

        appointment_id = await (await program(demo)).books()
        first, second = await receiver.until(2, within=40)
        said = Webhook(secret).verify(second.body, dict(second.headers))
        async with asyncio.timeout(20):
            while not await page.locator(".badge--good", has_text="Delivered").count():
                await page.goto(here)

        faults = []
        subscriber_id = here.rpartition("/")[2]
        faults += await faults_in_turn(page, *(each.format(subscriber_id=subscriber_id) for each in WEBHOOKS))
        await page.goto(f"{here}?lang=en")
        await page.get_by_role("button", name="Remove").click()
        faults += await faults_in_both_looks(page)
        await page.context.close()

    assert (first.id, first.body) == (second.id, second.body)
    assert (said["type"], said["data"]["appointment_id"]) == ("appointment.booked", appointment_id)
    assert (faults, demo.faults) == ([], [])


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_what_a_killed_worker_was_telling_arrives_by_the_same_id(
    tmp_path: Path, browser: Browser, receiver: Receiver
) -> None:
    """`make slow` prints `10 kills: … told, … lost, … told twice`; of a try under way nobody knows."""
    kills, booked = 10, set()
    async with running_demo(tmp_path, settings=ALLOWED) as demo:
        page = await opened_page(browser, demo)
        await added(page, receiver.origin)
        await page.context.close()
        books = await program(demo)
    for number in range(kills):
        async with running_demo(tmp_path, settings=ALLOWED) as demo:
            await receiver.until(2 * number, within=60)  # what was interrupted the last time
            receiver.holds.clear()
            books.demo = demo
            booked.add(await books.books())
            await receiver.until(2 * number + 1)
            demo.kill()
        receiver.holds.set()
        demo.turn_clock(timedelta(minutes=3))
    async with running_demo(tmp_path, settings=ALLOWED):
        await receiver.until(2 * kills, within=60)

    told = {call.id: call.body for call in receiver.calls}
    lost = [each for each in booked if not any(each.encode() in body for body in told.values())]
    print(f"{kills} kills: {len(told)} told, {len(lost)} lost, {len(receiver.calls) - len(told)} told twice")
    assert (len(told), lost) == (kills, [])
    assert len(receiver.calls) == 2 * kills

"""A customer is reminded by text message and answers by one, and the staff see what came of it."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import ClientSession
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.sms_gateway import SECRET, signed_call
from tests.journeys.days import next_monday
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.outbox import Outbox
from tests.journeys.people import Customer, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

NURSE = "Terveydenhoitajan vastaanotto"
LISTENS = {"KOHTAAMO_SMS_SECRET": SECRET}
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["sqlite", "postgresql"])
async def demo(request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str) -> AsyncIterator[Demo]:
    """Run a demo that listens to a gateway for text messages."""
    database_url = postgres_url if request.param == "postgresql" else ""
    async with running_demo(tmp_path, database_url=database_url, settings=LISTENS) as running:
        yield running
    assert running.faults == []


@dataclass(frozen=True, slots=True)
class Telephone:
    """A customer's telephone: what comes lies in the demo's outbox, what is sent comes by a gateway."""

    number: str
    owner: Customer

    async def books(self, name: str, *, at: datetime) -> str:
        """Book as its owner, who wishes to be written to by text message; return the link's path."""
        page = self.owner.page
        await self.owner.holds(NURSE, at=at)
        await page.locator('#booking input[name="phone"]').fill(self.number)
        await page.locator('#booking input[name="reached_by"][value="sms"]').check()
        await self.owner.fills_in(name, f"{self.number[1:]}@example.org")
        await page.wait_for_url(re.compile(r"/a/[\w-]{22}"))
        return "/a/" + page.url.split("/a/")[1][:22]

    async def gets(self, words: str) -> str:
        return await Outbox(self.owner.page).text_message(self.number, words)

    async def writes(self, text: str) -> None:
        """Send a text, as a gateway hands it over."""
        demo = self.owner.demo
        told = {"id": uuid4().hex, "from": self.number, "text": text}
        body, headers = signed_call(told, int(demo.now().timestamp()))
        address = f"{demo.address}/channels/sms/incoming"
        async with (
            ClientSession() as session,
            session.post(address, data=body, headers=headers) as answer,
        ):
            assert answer.status == 204


async def test_text_messages_are_answered_and_the_staff_see_it(demo: Demo, new_context: NewContext) -> None:
    start = next_monday(demo, 12, days_later=1)
    demo.turn_clock_to(next_monday(demo, 9))
    aino = Telephone(
        "+358401234567", await customer(await new_context(viewport=PHONE, base_url=demo.address), demo)
    )
    path = await aino.books("Aino Virtanen", at=start)
    await aino.gets("on varattu")
    kullervo = Telephone(
        "+358507654321",
        await customer(
            await new_context(viewport=PHONE, base_url=demo.address, java_script_enabled=False), demo
        ),
    )

    demo.turn_clock_to(start - timedelta(days=1) + MINUTE)
    ilmari = await staff(await new_context(locale="en-GB"), demo)
    await ilmari.signs_in("ilmari")
    ainos, kullervos = (ilmari.row_of(name) for name in ("Aino Virtanen", "Kullervo"))
    assert "EN PÄÄSE" in await aino.gets("Muistutus")
    await aino.writes("EN PÄÄSE")
    assert "KYLLÄ" in await aino.gets("Perutaanko")
    await expect(ainos).to_contain_text("Not here yet")

    await aino.writes("EN PÄÄSE")
    await aino.gets("on peruttu")
    await expect(ainos).to_have_attribute("data-mood", "over")  # live, as all that follows
    await aino.owner.open(path)
    await expect(aino.owner.page.locator("h1")).to_contain_text("peruttu")

    await kullervo.books("Kullervo Kalervonpoika", at=start)
    await kullervo.gets("on varattu")
    await kullervo.writes("OK")
    await expect(kullervos).to_contain_text("Confirmed")

    await kullervo.writes("Tulen <b>5 min</b> myöhässä")
    written = ilmari.page.locator(".task", has=ilmari.page.locator("blockquote"))
    await expect(written).to_contain_text("Kullervo Kalervonpoika")
    await expect(written.locator("blockquote")).to_have_text("Tulen <b>5 min</b> myöhässä")
    await written.get_by_role("button", name="Seen to").click()
    await expect(written).to_have_count(0)

    await kullervo.writes("STOP")
    # The page was opened anew just now, and may not listen yet: then it sees it when it next looks.
    await expect(kullervos).to_contain_text("No text messages")

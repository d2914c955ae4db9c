"""Two clients that know PROTOCOL.md alone meet, hear each other, look at a page, write and leave."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bench.client.guest import Guest, adviser, customer
from server.demo_data import ILMARI, NURSE
from tests.journeys.demo_process import Demo, kohtaamo, running_demo
from tests.server.papers import pdf, words

pytestmark = pytest.mark.journey
PAPER = pdf([words("The first page"), words("The second page")])


@pytest.fixture
async def open_demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """Run a demo that tells inner addresses: aiortc looks for nobody whose addresses it is not told."""
    shown = {"KOHTAAMO_HIDE_PRIVATE_ADDRESSES": "false"}
    async with running_demo(tmp_path, settings=shown) as running:
        yield running
    assert running.faults == []


async def booked(demo: Demo) -> tuple[str, str]:
    """Book a talk that asks for no identification; return its id and its door, five minutes before it."""
    key = (await kohtaamo(demo, "api-key", "stranger", "--scope", "booking")).split()[-1]
    api = f"{demo.address}/api/v1"
    async with ClientSession(headers={"Authorization": f"Bearer {key}"}, raise_for_status=True) as http:
        days = {"from": demo.now().isoformat(), "to": (demo.now() + timedelta(days=14)).isoformat()}
        async with http.get(f"{api}/offerings/{NURSE}/slots", params=days) as answer:
            slot = next(each for each in (await answer.json())["slots"] if each["adviser_id"] == str(ILMARI))
        body = {"offering_id": str(NURSE), "customer": {"name": "Aino Virtanen", "email": "aino@example.org"}}
        body |= {"start": slot["start"], "adviser_id": slot["adviser_id"]}
        async with http.post(f"{api}/appointments", json=body) as answer:
            told = await answer.json()
    demo.turn_clock_to(datetime.fromisoformat(slot["start"]) - timedelta(minutes=5))
    return told["id"], told["links"]["join"]


async def at_the_table(demo: Demo) -> tuple[Guest, Guest]:
    appointment_id, door = await booked(demo)
    aino = await customer(demo.address, door)
    ilmari = await adviser(demo.address, "/sign-in/demo", {"login": "ilmari"}, appointment_id)
    await aino.joins()
    await aino.hears("waiting")
    await ilmari.joins()
    await ilmari.admits()
    return aino, ilmari


async def test_two_clients_written_from_the_protocol_meet(open_demo: Demo) -> None:
    aino, ilmari = await at_the_table(open_demo)

    await aino.speaks()
    await ilmari.speaks()
    paper = await ilmari.hands_in("offer.pdf", PAPER)
    await ilmari.shows(paper, 2)
    picture = await aino.sees_page()
    await aino.writes("Kiitos!")
    written = await ilmari.hears("text")
    both = [await aino.packets(), await ilmari.packets()]
    await aino.leaves()
    gone = await ilmari.hears("gone")
    await ilmari.leaves()

    assert all(count > 0 for packets in both for count in packets)
    assert picture[:4] in (b"RIFF", b"\x89PNG", b"\xff\xd8\xff\xe0")
    assert (written["text"], gone["reason"]) == ("Kiitos!", "left")
    assert (aino.errors, ilmari.errors, aino.bye, ilmari.bye) == ([], [], "left", "left")

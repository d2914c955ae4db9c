"""Handing a meeting over, on real parts: who may be asked, what their desk shows, whose it is afterwards."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from booking.appointment import Appointment
from server.demo_data import AINIKKI, ILMARI, LOUHI, NURSE
from tests.web.meeting_house import Browser, MeetingHouse, meeting_house

REASON = "She knows the deed"
LOOKS = 500


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[MeetingHouse]:
    async with meeting_house(tmp_path) as made:
        async with made.units.write() as unit:
            await unit.catalogue.link(AINIKKI, NURSE)
        yield made


async def page_of(client: ClientSession, path: str) -> str:
    async with client.get(f"{path}?lang=en") as answer:
        assert answer.status == 200
        return await answer.text()


async def is_asked_no_more(client: ClientSession) -> None:
    """Wait until it is gone from the desk: a meeting tells first, and is kept then."""
    for _ in range(LOOKS):
        if REASON not in await page_of(client, "/desk/waiting"):
            return
        await asyncio.sleep(0.01)
    pytest.fail("the desk asks still")


async def asked(house: MeetingHouse) -> tuple[tuple[Appointment, str], Browser, Browser, Browser]:
    """Bring Aino and Ilmari to the table, and let him ask Ainikki to go on."""
    booked = await house.books()
    aino, ilmari = await house.meets(booked)
    await ilmari.says("call_in", colleague=str(AINIKKI), reason=REASON)
    await aino.hears_until("guest")
    return booked, aino, ilmari, await house.adviser(booked, AINIKKI)


async def test_the_page_is_told_who_could_go_on(house: MeetingHouse) -> None:
    ilmari = await house.adviser(await house.books())

    async with ilmari.client.get(f"{ilmari.home}/colleagues") as answer:
        told = await answer.json()

    assert told == {"colleagues": [{"id": str(AINIKKI), "name": "Ainikki Saari", "is_at_desk": False}]}


@pytest.mark.parametrize("who", [LOUHI, ILMARI])
async def test_nobody_of_another_team_and_not_oneself_is_asked(house: MeetingHouse, who: object) -> None:
    aino, ilmari = await house.meets(await house.books())

    await ilmari.says("call_in", colleague=str(who), reason=REASON)

    assert (await ilmari.hears_until("error"))["error"] == "participant-unknown"
    await aino.says("ping")
    assert (await aino.hears())["type"] == "pong"


async def test_a_customer_asks_nobody(house: MeetingHouse) -> None:
    aino, _ = await house.meets(await house.books())

    await aino.says("call_in", colleague=str(AINIKKI), reason=REASON)

    assert (await aino.hears_until("error"))["error"] == "not-for-role"


async def test_who_is_asked_reads_it_at_the_desk_and_may_say_no(house: MeetingHouse) -> None:
    _, aino, _, ainikki = await asked(house)
    assert REASON in await page_of(ainikki.client, "/desk")

    headers = {"X-CSRF-Token": ainikki.csrf}
    async with ainikki.client.post(
        f"{ainikki.home}/cannot-come", data={"csrf": ainikki.csrf}, headers=headers
    ) as no:
        assert no.status == 200

    assert (await aino.hears_until("guest"))["state"] == "declined"
    await is_asked_no_more(ainikki.client)


async def test_the_appointment_is_theirs_once_they_are_heard(house: MeetingHouse) -> None:
    booked, aino, ilmari, ainikki = await asked(house)
    await ainikki.comes()
    assert (await ainikki.hears_until("admitted"))["role"] == "colleague"
    await is_asked_no_more(ainikki.client)

    await ainikki.says("media", state="connected")

    assert [(await aino.hears_until("role"))["role"] for _ in range(2)] == ["colleague", "adviser"]
    assert (await ainikki.hears_until("proof"))["name"] == "Aino Virtanen"
    await ilmari.says("end")
    assert (await ilmari.hears_until("error"))["error"] == "not-for-role"
    async with house.units.read() as unit:
        assert (await unit.appointments.get(booked[0].id)).adviser_id == AINIKKI
    assert (await house.facts(booked))[-4:] == ["left", "handed_over", "adviser_ready", "media_connected"]

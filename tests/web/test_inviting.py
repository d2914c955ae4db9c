"""Somebody is invited by a link of their own, on real parts: what it shows, and when it ends."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import ClientSession

from tests.web.meeting_house import Browser, MeetingHouse, meeting_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[MeetingHouse]:
    async with meeting_house(tmp_path) as made:
        yield made


async def invites(ilmari: Browser) -> tuple[str, str]:
    """Let Ilmari invite Maija; return her id and the path of her link."""
    await ilmari.says("invite", role="interpreter", name="Maija Mäkelä", reason="Sámi")
    told = await ilmari.hears_until("guest_link")
    return told["id"], "/g/" + told["link"].rpartition("/")[2]


async def page_of(house: MeetingHouse, path: str) -> tuple[int, str]:
    async with ClientSession(f"http://localhost:{house.port}") as client, client.get(path) as answer:
        return answer.status, await answer.text()


async def test_the_link_tells_who_is_asked_and_nothing_of_the_customer(house: MeetingHouse) -> None:
    _, ilmari = await house.meets(await house.books())
    _, link = await invites(ilmari)

    for path in (link, f"{link}/meeting"):
        status, text = await page_of(house, path)
        assert (status, "Virtanen" in text) == (200, False)
    assert "Maija Mäkelä" in (await page_of(house, link))[1]


@pytest.mark.parametrize("who_ends", ["customer", "adviser", "end"])
async def test_the_link_ends_with_a_no_when_it_is_taken_back_and_with_the_meeting(
    house: MeetingHouse, who_ends: str
) -> None:
    aino, ilmari = await house.meets(await house.books())
    guest, link = await invites(ilmari)
    assert (await page_of(house, link))[0] == 200

    if who_ends == "end":
        await ilmari.says("end")
        await aino.hears_until("bye")
    elif who_ends == "adviser":
        await ilmari.says("call_off", guest=guest)
    else:
        await aino.says("consent", guest=guest, yes=False)
    while who_ends != "end" and (await aino.hears_until("guest"))["state"] == "asked":
        continue

    assert (await page_of(house, link))[0] == 404


async def test_a_new_link_takes_the_place_of_the_old_one(house: MeetingHouse) -> None:
    _, ilmari = await house.meets(await house.books())
    guest, old = await invites(ilmari)

    await ilmari.says("link_again", guest=guest)
    told = await ilmari.hears_until("guest_link")

    new = "/g/" + told["link"].rpartition("/")[2]
    assert told["id"] == guest
    assert ((await page_of(house, old))[0], (await page_of(house, new))[0]) == (404, 200)


async def test_only_the_adviser_gets_a_new_link_and_only_of_who_is_invited(house: MeetingHouse) -> None:
    aino, ilmari = await house.meets(await house.books())
    guest, link = await invites(ilmari)

    await aino.says("link_again", guest=guest)
    assert (await aino.hears_until("error"))["error"] == "not-for-role"
    await ilmari.says("link_again", guest=str(uuid4()))
    assert (await ilmari.hears_until("error"))["error"] == "participant-unknown"
    await ilmari.says("call_off", guest=guest)
    await ilmari.says("link_again", guest=guest)
    assert (await ilmari.hears_until("error"))["error"] == "participant-unknown"

    assert (await page_of(house, link))[0] == 404


@pytest.mark.parametrize("role", ["adviser", "customer", "colleague"])
async def test_nobody_is_invited_as_one_of_the_house(house: MeetingHouse, role: str) -> None:
    _, ilmari = await house.meets(await house.books())

    await ilmari.says("invite", role=role, name="Maija Mäkelä", reason="Sámi")

    assert (await ilmari.hears_until("error"))["field"] == "role"

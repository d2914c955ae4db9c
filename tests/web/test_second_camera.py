"""A customer's phone shows something, on real parts: whose link it is, and who else tries."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bench.client.guest import hello
from booking.guest_link import InvitedGuest
from server.demo_data import LOUHI
from signalling.second_camera import OPENS_WITHIN
from tests.contracts.databases import DATABASES, migrated, postgres_template, sqlite_template
from tests.web.house import NOW
from tests.web.meeting_house import Browser, MeetingHouse, meeting_house
from web.meeting_socket import MOST_CAMERAS_AN_HOUR

__all__ = ["postgres_template", "sqlite_template"]


@pytest.fixture(params=DATABASES)
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[MeetingHouse]:
    async with migrated(request.param, request, tmp_path) as url, meeting_house(tmp_path, url=url) as made:
        yield made


async def asks(aino: Browser) -> str:
    """Let Aino ask for a link, and return its path."""
    await aino.says("camera", on=True)
    return "/c/" + str((await aino.hears_until("camera_link"))["link"]).rpartition("/")[2]


async def shows(house: MeetingHouse, aino: Browser, link: str) -> Browser:
    """Bring a phone to the table by the link."""
    phone = await house.phone(link, aino)
    await phone.comes()
    await phone.hears_until("admitted")
    return phone


async def status_of(browser: Browser) -> int:
    async with browser.client.get(browser.home) as answer:
        return answer.status


async def test_the_link_has_no_personal_data_and_its_page_says_nothing_of_the_customer(
    house: MeetingHouse,
) -> None:
    aino, _ = await house.meets(await house.books())
    await aino.says("camera", on=True)
    told = await aino.hears_until("camera_link")
    phone = await house.phone("/c/" + told["link"].rpartition("/")[2], aino)

    async with phone.client.get(phone.home) as answer:
        assert (answer.status, "Virtanen" in await answer.text()) == (200, False)
    assert len(told["link"].rpartition("/c/")[2]) == 22
    assert told["path"].startswith("M4 4h7v1h-7z")


async def test_the_adviser_is_told_of_the_phone_and_the_customer_that_it_shows(house: MeetingHouse) -> None:
    aino, ilmari = await house.meets(await house.books())

    phone = await shows(house, aino, await asks(aino))

    came = await ilmari.hears_until("peer")
    assert (came["participant"]["role"], came["participant"]["name"]) == ("camera", "Aino Virtanen")
    assert (await aino.hears_until("camera"))["state"] == "shown"
    await aino.says("camera", on=False)
    assert (await phone.hears_until("bye"))["reason"] == "ended"
    assert (await ilmari.hears_until("gone"))["id"] == came["participant"]["id"]
    await aino.says("ping")
    await aino.hears_until("pong")  # the end is told at once, and written down before the next is answered
    assert await status_of(phone) == 404


async def test_a_second_phone_is_refused_once_the_first_has_come(house: MeetingHouse) -> None:
    aino, _ = await house.meets(await house.books())
    link = await asks(aino)
    stranger, phone = await house.phone(link, aino), await house.phone(link, aino)
    assert await status_of(stranger) == 200  # to look binds nobody

    assert (await phone.asks_for_ticket()).status == 200

    assert (await stranger.asks_for_ticket()).status == 404
    assert (await status_of(stranger), await status_of(phone)) == (404, 200)
    assert (await phone.asks_for_ticket()).status == 200


async def test_a_new_link_ends_the_one_before(house: MeetingHouse) -> None:
    aino, _ = await house.meets(await house.books())
    first = await shows(house, aino, await asks(aino))

    second = await house.phone(await asks(aino), aino)

    assert (await first.hears_until("bye"))["reason"] == "ended"
    assert (await first.asks_for_ticket()).status == 404
    assert (await second.asks_for_ticket()).status == 200


async def test_a_link_that_waited_for_ten_minutes_opens_no_more(house: MeetingHouse) -> None:
    booked = await house.books()
    aino, _ = await house.meets(booked)
    row = InvitedGuest(id=uuid4(), appointment_id=booked[0].id, role="camera", name="")
    async with house.units.write() as unit:
        token = await unit.guest_links.make(row, at=NOW - OPENS_WITHIN)
        younger = await unit.guest_links.make(
            InvitedGuest(id=uuid4(), appointment_id=booked[0].id, role="camera", name=""),
            at=NOW - OPENS_WITHIN + timedelta(seconds=1),
        )

    assert (await (await house.phone(f"/c/{token}", aino)).asks_for_ticket()).status == 404
    assert (await (await house.phone(f"/c/{younger}", aino)).asks_for_ticket()).status == 200


@pytest.mark.parametrize("how", ["send_back", "end"])
async def test_the_link_ends_with_the_customers_place_at_the_table_and_with_the_meeting(
    house: MeetingHouse, how: str
) -> None:
    aino, ilmari = await house.meets(await house.books())
    phone = await shows(house, aino, await asks(aino))
    await aino.says("text", ref="1", text="Here it is")
    owner = (await ilmari.hears_until("text"))["from"]

    await ilmari.says(how, participant=owner)

    assert (await phone.hears_until("bye"))["reason"] == "ended"
    assert (await phone.asks_for_ticket()).status == 404


async def test_neither_the_adviser_nor_one_who_waits_nor_the_phone_gets_a_link(house: MeetingHouse) -> None:
    booked = await house.books()
    aino, ilmari = await house.meets(booked)
    phone = await shows(house, aino, await asks(aino))
    waits = await house.customer(booked)
    await waits.comes()
    await waits.hears_until("waiting")

    said = []
    for browser in (ilmari, waits, phone):
        await browser.says("camera", on=True)
        said.append((await browser.hears_until("error"))["error"])

    assert said == ["not-for-role", "not-admitted", "not-for-role"]


async def test_a_phone_of_one_meeting_does_not_come_to_another(house: MeetingHouse) -> None:
    aino, _ = await house.meets(await house.books())
    phone = await house.phone(await asks(aino), aino)
    ticket = await phone.ticket()
    other = await house.books(by=LOUHI)

    phone.socket_path = f"/ws/meetings/{other[0].id}"
    await phone.connects(*hello(ticket, "page"))

    assert (await phone.hears_until("bye"))["reason"] == "ticket"


async def test_a_guests_link_is_no_phones_and_a_phones_no_guests(house: MeetingHouse) -> None:
    aino, ilmari = await house.meets(await house.books())
    await ilmari.says("invite", role="interpreter", name="Maija Mäkelä", reason="Sámi")
    guests = str((await ilmari.hears_until("guest_link"))["link"]).rpartition("/")[2]
    phones = (await asks(aino)).rpartition("/")[2]

    for path in (f"/c/{guests}", f"/g/{phones}"):
        browser = await house.phone(path, aino)
        assert await status_of(browser) == 404
        assert (await browser.asks_for_ticket()).status == 404


async def test_links_are_counted(house: MeetingHouse) -> None:
    aino, _ = await house.meets(await house.books())

    for _ in range(MOST_CAMERAS_AN_HOUR):
        await asks(aino)
    await aino.says("camera", on=True)

    told = await aino.hears_until("error")
    assert (told["error"], told["field"]) == ("too-many-messages", "camera")


async def test_a_phone_sends_no_sound(house: MeetingHouse) -> None:
    aino, ilmari = await house.meets(await house.books())
    phone = await shows(house, aino, await asks(aino))
    adviser = (await phone.hears_until("peer"))["participant"]
    assert adviser["name"] == ""
    lines = ["v=0", "o=- 1 2 IN IP4 0.0.0.0", "s=-", "t=0 0", "m=video 9 UDP/TLS/RTP/SAVPF 96", "a=mid:0"]
    picture = [*lines, "a=sendonly"]
    sound = [*picture, "m=audio 9 UDP/TLS/RTP/SAVPF 111", "a=mid:1", "a=sendonly"]

    for sdp in (sound, picture):
        await phone.says(
            "description",
            to=adviser["id"],
            description={"type": "offer", "sdp": "\r\n".join([*sdp, ""])},
        )

    assert (await phone.hears_until("error"))["field"] == "description.sdp"
    heard = await ilmari.hears_until("description")
    assert heard["description"]["sdp"].count("m=") == 1

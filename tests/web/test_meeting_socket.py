"""The meeting over real sockets: tickets, the waiting room, admission, and what a bad client comes to."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import WSServerHandshakeError

from bench.client.guest import hello
from server.demo_data import LOUHI, MORTGAGE
from tests.web.house import NOW
from tests.web.meeting_house import MeetingHouse, meeting_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[MeetingHouse]:
    async with meeting_house(tmp_path) as made:
        yield made


async def test_two_are_brought_together_and_their_facts_are_kept(house: MeetingHouse) -> None:
    booked = await house.books()
    aino, ilmari = await house.meets(booked)

    await aino.says("text", ref="1", text="Hei!")
    heard = await ilmari.hears_until("text")
    await ilmari.says("end")

    assert (heard["text"], heard["name"]) == ("Hei!", "Aino Virtanen")
    assert await aino.hears_until("bye") == {"type": "bye", "reason": "ended"}
    assert await aino.is_closed_with() == 4000
    assert await house.facts(booked) == ["adviser_ready", "claimed", "admitted", "ended"]


async def test_all_that_a_waiting_browser_is_sent_is_its_place(house: MeetingHouse) -> None:
    booked = await house.books()
    aino, ilmari = await house.customer(booked), await house.adviser(booked)
    await ilmari.comes()
    await aino.comes()
    knock = await ilmari.hears_until("knock")
    await ilmari.says("text", ref="1", text="not for Aino yet")
    await ilmari.hears_until("text")  # it was said, and could have been heard

    await ilmari.says("refuse", participant=knock["participant"]["id"], reason="not_now")

    assert await aino.hears() == {"type": "waiting", "place": 1, "said": None, "help": None}
    assert await aino.hears() == {"type": "refused", "reason": "not_now"}
    assert await aino.is_closed_with() == 4003


async def test_who_waits_is_told_a_sentence_and_comes_back_from_the_table(house: MeetingHouse) -> None:
    booked = await house.books()
    aino, ilmari = await house.customer(booked), await house.adviser(booked)
    await ilmari.comes()
    await aino.comes()
    aino_id = (await ilmari.hears_until("knock"))["participant"]["id"]

    await ilmari.says("tell", participant=aino_id, sentence="in_a_moment")
    said = [await aino.hears_until("waiting") for _ in range(2)][-1]["said"]
    await ilmari.says("admit", participant=aino_id)
    await aino.hears_until("peer")
    await ilmari.says("send_back", participant=aino_id)

    back = await aino.hears_until("waiting")
    assert (said["sentence"], back["said"]) == ("in_a_moment", None)
    await ilmari.hears_until("gone")
    await ilmari.hears_until("knock")
    async with house.units.read() as unit:
        (row,) = (await unit.waiting.of([booked[0].id])).values()
    assert (row.came_at, row.claimed_by) == (NOW, None)
    assert (await house.facts(booked))[-2:] == ["admitted", "sent_back"]


async def test_a_customer_whom_a_colleague_takes_is_not_let_in_by_another(house: MeetingHouse) -> None:
    booked = await house.books()
    aino, ilmari = await house.customer(booked), await house.adviser(booked)
    await ilmari.comes()
    await aino.comes()
    knock = await ilmari.hears_until("knock")
    async with house.units.write() as unit:
        assert await unit.waiting.claim(booked[0].id, LOUHI, now=NOW)

    await ilmari.says("admit", participant=knock["participant"]["id"])

    assert (await ilmari.hears())["error"] == "claimed-already"
    assert await house.facts(booked) == ["adviser_ready"]


async def test_how_a_customer_comes_in_is_kept_for_every_desk(house: MeetingHouse) -> None:
    booked = await house.books()
    aino, ilmari = await house.customer(booked), await house.adviser(booked)
    await ilmari.comes()
    await aino.comes()
    await ilmari.hears_until("knock")
    device = {"kind": "phone", "system": "ios", "browser": "safari"}
    said = {"step": "checking", "microphone": "silent", "camera": "none", "device": device, "failure": None}

    await aino.says("arrival", **said)
    knock = await ilmari.hears_until("knock")
    await aino.says("arrival", **said | {"step": "looking around"})

    assert (knock["arrival"], knock["away"]) == (said, None)
    assert (await aino.hears_until("error"))["field"] == "step"
    async with house.units.read() as unit:
        assert (await unit.waiting.of([booked[0].id]))[booked[0].id].arrival == said


async def test_description_reaches_the_other_browser(house: MeetingHouse) -> None:
    booked = await house.books()
    aino, ilmari = await house.customer(booked), await house.adviser(booked)
    await ilmari.comes()
    await aino.comes()
    knock = await ilmari.hears_until("knock")
    await ilmari.says("admit", participant=knock["participant"]["id"])
    ilmaris_id = (await aino.hears_until("peer"))["participant"]["id"]
    offer = {"type": "offer", "sdp": "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"}

    await ilmari.says("description", to=knock["participant"]["id"], description=offer)

    told = {"type": "description", "from": ilmaris_id, "description": offer}
    assert await aino.hears_until("description") == told


async def test_ping_is_answered(house: MeetingHouse) -> None:
    ilmari = await house.adviser(await house.books())
    await ilmari.comes()
    await ilmari.hears_until("admitted")

    await ilmari.says("ping")

    assert await ilmari.hears() == {"type": "pong"}


async def test_ticket_opens_one_socket_once(house: MeetingHouse) -> None:
    ilmari = await house.adviser(await house.books())
    said = hello(await ilmari.ticket(), "page")
    await ilmari.connects(*said)
    assert (await ilmari.hears())["type"] == "admitted"

    await ilmari.connects(*said)

    assert await ilmari.hears() == {"type": "bye", "reason": "ticket"}
    assert await ilmari.is_closed_with() == 4002


async def test_ticket_of_one_meeting_does_not_open_another(house: MeetingHouse) -> None:
    ilmari = await house.adviser(await house.books())
    ilmari.socket_path = f"/ws/meetings/{uuid4()}"

    await ilmari.comes()

    assert await ilmari.hears() == {"type": "bye", "reason": "ticket"}


@pytest.mark.parametrize(
    "said",
    ["no-base64!", "e30", "W10", "_w", hello("", "page")[1], hello("t", "page", type="text")[1]],
    ids=["not base64", "nothing in it", "a list", "no text", "no ticket", "another type"],
)
async def test_socket_without_a_good_hello_is_closed(house: MeetingHouse, said: str) -> None:
    ilmari = await house.adviser(await house.books())

    await ilmari.connects("kohtaamo", said)

    assert await ilmari.hears() == {"type": "bye", "reason": "ticket"}


async def test_page_of_another_version_is_told_so(house: MeetingHouse) -> None:
    """The pages of version 1 said hello in a frame of their own."""
    ilmari = await house.adviser(await house.books())
    later, one = (
        hello(await ilmari.ticket(), "page", version=3),
        hello(await ilmari.ticket(), "page", version=1),
    )

    for said in (later, one, (), ("kohtaamo",)):
        await ilmari.connects(*said)
        assert await ilmari.hears() == {"type": "bye", "reason": "version"}


async def test_what_offers_another_protocol_alone_is_refused_and_not_logged(
    house: MeetingHouse, caplog: pytest.LogCaptureFixture
) -> None:
    ilmari = await house.adviser(await house.books())
    _, said = hello(ticket := await ilmari.ticket(), "page")

    with pytest.raises(WSServerHandshakeError) as refused:
        await ilmari.connects("soap", said)

    assert refused.value.status == 400
    assert said not in caplog.text
    await ilmari.connects(*hello(ticket, "page"))  # and the ticket is as good as before
    assert (await ilmari.hears())["type"] == "admitted"


async def test_foreign_page_cannot_open_the_socket(house: MeetingHouse) -> None:
    ilmari = await house.adviser(await house.books())
    await ilmari.connects()  # without Origin it can be opened
    await ilmari.socket.close()

    with pytest.raises(WSServerHandshakeError) as refused:
        await ilmari.connects(Origin="https://evil.example")

    assert refused.value.status == 403


async def test_bad_messages_are_answered_and_the_eleventh_ends_it(house: MeetingHouse) -> None:
    _, ilmari = await house.meets(await house.books())

    for _ in range(11):
        await ilmari.says("mute", audio="yes", video=False)
    heard = [await ilmari.hears() for _ in range(12)]

    assert heard[:11] == [{"type": "error", "error": "bad-message", "field": "audio"}] * 11
    assert heard[11] == {"type": "bye", "reason": "too_many_errors"}


async def test_document_that_is_not_theirs_is_not_shown(house: MeetingHouse) -> None:
    aino, _ = await house.meets(await house.books())

    await aino.says("document", document=str(uuid4()))

    assert await aino.hears() == {"type": "error", "error": "document-not-found", "field": None}


async def test_browser_that_did_not_come_in_gets_no_ticket(house: MeetingHouse) -> None:
    booked = await house.books()
    assert (await (await house.customer(booked)).asks_for_ticket()).status == 200

    stranger = await house.customer(booked, comes_in=False)

    assert (await stranger.asks_for_ticket()).status in {401, 403}


async def test_unidentified_customer_gets_no_ticket_where_identity_is_asked_for(house: MeetingHouse) -> None:
    aino = await house.customer(await house.books(MORTGAGE))

    assert (await aino.asks_for_ticket()).status == 403


async def test_adviser_of_another_team_finds_nothing(house: MeetingHouse) -> None:
    booked = await house.books()
    ilmari, louhi = await house.adviser(booked), await house.adviser(booked, LOUHI)
    assert (await ilmari.client.get(f"{ilmari.home}/meeting")).status == 200

    page, ticket = await louhi.client.get(f"{louhi.home}/meeting"), await louhi.asks_for_ticket()

    assert (page.status, ticket.status) == (404, 404)

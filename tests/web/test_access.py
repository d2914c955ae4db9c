"""Where the staff is signed in: seen in few words, ended with all that stands on it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from uuid import UUID

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType

from bench.client.guest import hello
from identity.end_sessions import end_sessions
from identity.permission import Role
from identity.secret import kept
from identity.session import open_for
from server.demo_data import ILMARI, LOUHI
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW
from tests.web.meeting_house import MeetingHouse, meeting_house
from tests.web.sign_in_house import Browser

HOME = "/desk/access"
SOON_SECONDS = 5
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.fixture
async def meetings(tmp_path: Path) -> AsyncIterator[MeetingHouse]:
    async with meeting_house(tmp_path) as made:
        yield made


async def signed_in(house: FaceHouse, login: str, agent: str = "") -> Browser:
    browser = house.browser()
    browser.client.headers["User-Agent"] = agent
    await browser.sends(await browser.opens("/sign-in"), "/sign-in", login=login, password=login)
    return browser


async def desk_socket(house: FaceHouse, browser: Browser) -> ClientWebSocketResponse:
    return await browser.client.ws_connect(f"{house.origin}/ws/desk")


async def closed_with(socket: ClientWebSocketResponse) -> int | None:
    while (await socket.receive(timeout=SOON_SECONDS)).type is WSMsgType.TEXT:
        continue
    return socket.close_code


async def test_a_session_is_told_in_few_words_and_no_more_is_kept(house: FaceHouse) -> None:
    browser = await signed_in(house, "ilmari", FIREFOX)

    shown = await browser.opens(HOME)

    assert "<strong>Firefox, Windows</strong>" in shown.text
    assert "This browser" in shown.text
    async with house.units.read() as unit:
        (session,) = await unit.staff_sessions.of(ILMARI, now=house.now)
    assert session.browser == "Firefox, Windows"


async def test_one_session_is_ended_and_its_desk_hears_no_more(house: FaceHouse) -> None:
    mine, other = await signed_in(house, "ilmari"), await signed_in(house, "ilmari", FIREFOX)
    socket = await desk_socket(house, other)
    began = monotonic()

    await mine.sends(await mine.opens(HOME), f"{HOME}/sessions/end")

    assert await closed_with(socket) == 4006
    assert monotonic() - began < SOON_SECONDS
    assert (await other.opens("/desk")).address.startswith("/sign-in")
    assert (await mine.opens("/desk")).address == "/desk"


async def test_all_others_are_ended_at_once(house: FaceHouse) -> None:
    mine, *others = [await signed_in(house, "ilmari") for _ in range(3)]

    await mine.sends(await mine.opens(HOME), f"{HOME}/sessions/end-others")

    assert (await mine.opens("/desk")).address == "/desk"
    assert {(await other.opens("/desk")).address for other in others} == {"/sign-in?next=/desk"}


async def test_nobody_ends_the_session_of_somebody_else(house: FaceHouse) -> None:
    ilmari, louhi = await signed_in(house, "ilmari"), await signed_in(house, "louhi")
    async with house.units.read() as unit:
        (session,) = await unit.staff_sessions.of(ILMARI, now=house.now)

    token = (await louhi.opens(HOME)).forms()[0]
    named = await louhi.posts(f"{HOME}/sessions/end", {**token, "session": str(session.id)})
    absent = await louhi.posts(f"{HOME}/sessions/end", {**token, "session": str(UUID(int=1))})

    assert (await ilmari.opens("/desk")).address == "/desk"
    assert (named.status, named.address, named.text) == (absent.status, absent.address, absent.text)


async def test_an_admin_sees_and_ends_the_sessions_of_somebody(house: FaceHouse) -> None:
    ilmari, admin = await signed_in(house, "ilmari", FIREFOX), await house.staff("admin")
    socket, home = await desk_socket(house, ilmari), f"/admin/people/{ILMARI}/sessions"
    shown = await admin.opens(home)

    ended = await admin.sends(shown, f"{home}/end")

    assert "Firefox, Windows" in shown.text
    assert "Nowhere just now" in ended.text
    assert await closed_with(socket) == 4006


@pytest.mark.parametrize("way", ["signs out", "is deactivated", "is idle"])
async def test_a_desk_closes_when_its_member(house: FaceHouse, way: str) -> None:
    ilmari = await signed_in(house, "ilmari")
    socket = await desk_socket(house, ilmari)

    if way == "signs out":
        await ilmari.sends(await ilmari.opens("/desk"), "/sign-out")
    elif way == "is deactivated":
        async with house.units.write() as unit:
            await unit.staff.change(replace(await unit.staff.get(ILMARI), is_active=False))
    else:
        async with house.units.read() as unit:
            (session,) = await unit.staff_sessions.of(ILMARI, now=house.now)
        house.now = session.idle_until_at

    assert await closed_with(socket) == 4006


async def test_a_desk_that_only_stands_open_keeps_no_session_alive(house: FaceHouse) -> None:
    ilmari = await signed_in(house, "ilmari")
    async with house.units.read() as unit:
        (before,) = await unit.staff_sessions.of(ILMARI, now=house.now)
    house.now = before.idle_until_at.replace(microsecond=0) - (before.idle_until_at - before.created_at) / 2

    await ilmari.opens("/desk/states")
    await (await desk_socket(house, ilmari)).close()

    async with house.units.read() as unit:
        assert await unit.staff_sessions.of(ILMARI, now=house.now) == [before]
    await ilmari.opens("/desk")
    async with house.units.read() as unit:
        assert await unit.staff_sessions.of(ILMARI, now=house.now) == [before.touched(now=house.now)]


async def test_a_meeting_ends_for_who_is_shown_out_and_the_customer_is_told(meetings: MeetingHouse) -> None:
    booked = await meetings.books()
    aino, ilmari = await meetings.meets(booked)
    began = monotonic()

    async with meetings.units.write() as unit:
        await unit.staff_sessions.remove_all_of(ILMARI)

    assert await ilmari.hears_until("bye") == {"type": "bye", "reason": "signed_out"}
    assert await ilmari.is_closed_with() == 4006
    assert (await aino.hears_until("gone"))["reason"] == "left"
    assert monotonic() - began < SOON_SECONDS


async def test_the_end_of_another_session_leaves_a_meeting_alone(meetings: MeetingHouse) -> None:
    booked = await meetings.books()
    aino, ilmari = await meetings.meets(booked)
    others = open_for(ILMARI, Role.ADVISER, kept("another"), now=NOW)
    async with meetings.units.write() as unit:
        await unit.staff_sessions.add(others)
        await unit.staff_sessions.add(open_for(LOUHI, Role.ADVISER, kept("louhis"), now=NOW))

    async with meetings.units.write() as unit:
        await end_sessions(unit, ILMARI, session_id=others.id, now=NOW)
        await end_sessions(unit, LOUHI, now=NOW)
    await meetings.looks()

    await ilmari.says("text", ref="1", text="Hei!")
    assert (await aino.hears_until("text"))["text"] == "Hei!"


async def test_a_ticket_opens_nothing_once_its_session_has_ended(meetings: MeetingHouse) -> None:
    booked = await meetings.books()
    ilmari = await meetings.adviser(booked)
    ticket = await ilmari.ticket()
    async with meetings.units.write() as unit:
        await unit.staff_sessions.remove_all_of(ILMARI)

    await ilmari.connects(*hello(ticket, "page"))

    assert await ilmari.hears() == {"type": "bye", "reason": "ticket"}

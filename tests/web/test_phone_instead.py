"""By phone in place of the meeting: from the door, from the desk, and heard in the meeting."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server.demo_data import ILMARI, NURSE
from signalling.participant import Participant, Role
from tests.web.face_house import SOON, FaceHouse, face_house
from web import keys

NUMBER = "+358 40 123 4567"


class MemoryLine:
    """Keeps what is said over it."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def send(self, frame: bytes) -> None:
        self.heard.append(json.loads(frame))

    def close(self, code: int) -> None:
        self.heard.append({"type": f"closed with {code}"})


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def test_the_door_leads_to_a_call_without_a_script(house: FaceHouse) -> None:
    appointment, token = await house.books(offering_id=NURSE, phone=NUMBER)
    house.now = SOON
    aino, place = house.browser(), f"/a/{token}/call"

    door = await aino.opens(f"/a/{token}/door")
    asked = await aino.opens(place)
    told = await aino.sends(asked, place)

    assert f'href="{place}"' in door.text
    assert "Nothing is counted against you." in asked.text
    assert "Thank you, your wish has reached us." in told.text
    assert (await house.kinds(appointment.id))[-1] == "call_asked"


async def test_the_cause_is_one_of_the_failures_or_nothing(house: FaceHouse) -> None:
    appointment, token = await house.books(phone=NUMBER)
    house.now = SOON
    aino, place = house.browser(), f"/a/{token}/call"
    form = (await aino.opens(place)).forms()[0]

    wrong = await aino.posts(place, {**form, "cause": "my neighbour"})
    await aino.posts(place, {**form, "cause": "devices_denied"})

    assert wrong.status == 422
    assert (await house.history(appointment.id))[-1].detail == {"cause": "devices_denied"}


async def test_the_adviser_dials_and_writes_down_that_they_met(house: FaceHouse) -> None:
    appointment, _ = await house.books(phone=NUMBER)
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment.id}/phone"
    early = await ilmari.opens(place)
    house.now = SOON

    desk = await ilmari.opens("/desk")
    page = await ilmari.opens(place)
    done = await ilmari.sends(page, place)

    assert f'href="{place}"' in desk.text
    assert 'href="tel:+358401234567"' in page.text
    assert "We met by phone" not in early.text
    assert "you met by phone" in done.text
    assert (await house.kinds(appointment.id))[-1] == "phoned"


async def test_another_teams_adviser_sees_no_number_and_writes_nothing(house: FaceHouse) -> None:
    appointment, _ = await house.books(phone=NUMBER)
    house.now = SOON
    louhi, place = await house.staff("louhi"), f"/desk/appointments/{appointment.id}/phone"

    seen = await louhi.opens(place)
    refused = await louhi.posts(place, (await louhi.opens("/desk")).forms()[0])

    assert (seen.status, refused.status) == (404, 404)
    assert "phoned" not in await house.kinds(appointment.id)


async def test_an_adviser_in_the_meeting_hears_at_once_where_to_call_and_when_it_is_done(
    house: FaceHouse,
) -> None:
    appointment, token = await house.books(phone=NUMBER)
    house.now = SOON
    line, who = MemoryLine(), Participant(ILMARI, Role.ADVISER, "Ilmari Seppä")
    switchboard = house.app[keys.SWITCHBOARD]
    await switchboard.arrive(appointment.id, who, "page", line, now=house.now)
    aino, place = house.browser(), f"/a/{token}/call"

    await aino.posts(place, {**(await aino.opens(place)).forms()[0], "cause": "devices_denied"})
    asked = line.heard[-1]
    again = MemoryLine()
    await switchboard.arrive(appointment.id, who, "page", again, now=house.now + timedelta(seconds=1))
    ilmari = await house.staff("ilmari")
    await ilmari.sends(await ilmari.opens("/desk"), f"/desk/appointments/{appointment.id}/called")

    assert (asked["type"], asked["phone"], asked["cause"]) == ("call_asked", NUMBER, "devices_denied")
    assert again.heard[-2] == asked
    assert again.heard[-1] == {"type": "call_asked", "at": None, "phone": "", "cause": None}


async def test_who_waits_hears_nothing_of_a_call(house: FaceHouse) -> None:
    appointment, token = await house.books(phone=NUMBER)
    house.now = SOON
    line, who = MemoryLine(), Participant(appointment.id, Role.CUSTOMER, "Aino Virtanen")
    await house.app[keys.SWITCHBOARD].arrive(appointment.id, who, "page", line, now=house.now)
    aino, place = house.browser(), f"/a/{token}/call"

    await aino.posts(place, (await aino.opens(place)).forms()[0])

    assert {message["type"] for message in line.heard} == {"waiting"}

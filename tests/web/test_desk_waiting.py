"""The desk's waiting room: all whom one may take, in order, taken by one adviser at a time."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from booking.waiting_room import AWAY_AFTER, WaitingCustomer
from server.demo_data import AINIKKI, ILMARI, LOUHI, MORTGAGE
from server.meeting_log import UnitMeetingLog
from signalling.ice import IcePolicy
from signalling.participant import Participant, Role
from signalling.switchboard import Switchboard
from tests.memory.relay import MemoryRelay
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser
from web import keys

MINUTE = timedelta(minutes=1)
ARRIVAL = {
    "step": "checking",
    "microphone": "silent",
    "camera": "none",
    "device": {"kind": "phone", "system": "ios", "browser": "safari"},
    "failure": "devices_denied",
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    def furnish(house: FaceHouse) -> None:
        house.app[keys.SWITCHBOARD] = Switchboard(UnitMeetingLog(house.units), IcePolicy(), MemoryRelay())

    async with face_house(tmp_path, furnish=furnish) as house:
        house.now = SOON - 10 * MINUTE
        yield house


async def waits(
    house: FaceHouse, name: str = "Aino Virtanen", *, adviser: UUID = ILMARI, came: timedelta = timedelta(0)
) -> UUID:
    """Let a customer wait, who came some time ago."""
    now, house.now = house.now, SOON - timedelta(days=1)
    appointment, _ = await house.books(name, adviser_id=adviser)
    house.now = now
    row = WaitingCustomer(
        appointment_id=appointment.id, came_at=house.now - came, beat_at=house.now, arrival=ARRIVAL
    )
    async with house.units.write() as unit:
        await unit.waiting.keep(row)
    return appointment.id


async def both_give_mortgages(house: FaceHouse) -> None:
    async with house.units.write() as unit:
        for who in (AINIKKI, ILMARI):
            if who not in await unit.advisers.ids_of_offering(MORTGAGE):
                await unit.catalogue.link(who, MORTGAGE)


async def ainikki_signs_in(house: FaceHouse) -> Browser:
    browser = house.browser()
    await browser.sends(await browser.opens("/sign-in"), "/sign-in", login="ainikki", password="ainikki")
    return browser


async def told_waiting(house: FaceHouse, browser: Browser) -> list[dict[str, Any]]:
    async with browser.client.get(f"{house.origin}/desk/states?lang=en") as answer:
        return list((await answer.json())["waiting"])


async def claimed_by(house: FaceHouse, appointment_id: UUID) -> UUID | None:
    async with house.units.read() as unit:
        return (await unit.waiting.of([appointment_id]))[appointment_id].claimant(house.now)


async def test_the_desk_shows_who_waits_since_when_and_how_they_come_in(house: FaceHouse) -> None:
    await waits(house, came=3 * MINUTE)
    ilmari = await house.staff("ilmari")

    page = await ilmari.opens("/desk")
    alone = await ilmari.opens("/desk/waiting")

    for text in (page.text, alone.text):
        assert "In the waiting room" in text
        assert "Aino Virtanen" in text
        assert "3 minutes" in text
    assert "<html" not in alone.text
    assert page.text.count("Safari") == 1


async def test_how_a_colleagues_customer_comes_in_is_told_in_the_list_itself(house: FaceHouse) -> None:
    await both_give_mortgages(house)
    await waits(house, adviser=AINIKKI)
    ilmari = await house.staff("ilmari")

    page = await ilmari.opens("/desk")

    assert page.text.count("Safari") == 1
    assert "Safari" in (await ilmari.opens("/desk/waiting")).text


async def test_those_of_colleagues_are_there_in_the_order_in_which_they_came(house: FaceHouse) -> None:
    await both_give_mortgages(house)
    later = await waits(house, came=MINUTE)
    earlier = await waits(house, "Kullervo Kalervonpoika", adviser=AINIKKI, came=2 * MINUTE)
    ilmari = await house.staff("ilmari")

    assert [each["id"] for each in await told_waiting(house, ilmari)] == [str(earlier), str(later)]


async def test_another_teams_adviser_sees_and_takes_nobody(house: FaceHouse) -> None:
    appointment_id = await waits(house)
    louhi = await house.staff("louhi")
    form = (await louhi.opens("/desk")).forms()[0]

    answers = [
        await louhi.posts(f"/desk/appointments/{appointment_id}/{deed}", form | {"sentence": "in_a_moment"})
        for deed in ("claim", "release", "tell")
    ]

    assert await told_waiting(house, louhi) == []
    assert "Aino" not in (await louhi.opens("/desk/waiting")).text
    assert [answer.status for answer in answers] == [404] * 3
    assert await claimed_by(house, appointment_id) is None


async def test_letting_in_takes_the_customer_and_leads_to_their_meeting(house: FaceHouse) -> None:
    appointment_id = await waits(house)
    ilmari = await house.staff("ilmari")
    home = f"/desk/appointments/{appointment_id}"

    meeting = await ilmari.sends(await ilmari.opens("/desk"), f"{home}/claim")

    assert meeting.address == f"{home}/meeting"
    assert await claimed_by(house, appointment_id) == ILMARI
    assert (await house.kinds(appointment_id))[-1] == "claimed"


async def test_a_colleague_sees_who_takes_whom_and_is_refused(house: FaceHouse) -> None:
    await both_give_mortgages(house)
    appointment_id = await waits(house)
    ilmari, ainikki = await house.staff("ilmari"), await ainikki_signs_in(house)
    claim = f"/desk/appointments/{appointment_id}/claim"
    before = await ainikki.opens("/desk")
    await ilmari.sends(await ilmari.opens("/desk"), claim)

    after = await ainikki.opens("/desk/waiting")
    refused = await ainikki.sends(before, claim)

    assert "Ilmari Seppä takes this customer" in after.text
    assert not any(form["action"] == claim for form in after.forms())
    assert refused.status == 409
    assert "A colleague is taking this customer" in refused.text
    assert await claimed_by(house, appointment_id) == ILMARI


async def test_who_was_given_back_can_be_taken_by_a_colleague(house: FaceHouse) -> None:
    await both_give_mortgages(house)
    appointment_id = await waits(house)
    ilmari, ainikki = await house.staff("ilmari"), await ainikki_signs_in(house)
    home = f"/desk/appointments/{appointment_id}"
    await ilmari.sends(await ilmari.opens("/desk"), f"{home}/claim")

    await ilmari.sends(await ilmari.opens("/desk"), f"{home}/release")
    await ainikki.sends(await ainikki.opens("/desk"), f"{home}/claim")

    assert await claimed_by(house, appointment_id) == AINIKKI


async def test_a_lost_line_shows_and_the_place_is_kept(house: FaceHouse) -> None:
    await waits(house)
    ilmari = await house.staff("ilmari")
    (before,) = await told_waiting(house, ilmari)
    house.now += AWAY_AFTER

    (after,) = await told_waiting(house, ilmari)

    assert after["mark"] != before["mark"]
    assert "Has lost the connection; the place is kept" in (await ilmari.opens("/desk/waiting")).text


class Line:
    """A customer's browser that keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, frame: bytes) -> None:
        self.sent.append(frame.decode())

    def close(self, code: int) -> None:
        self.sent.append(f"closed with {code}")


async def test_a_sentence_is_told_in_one_tap_and_shows_on_the_desk(house: FaceHouse) -> None:
    appointment_id = await waits(house)
    aino, line = Participant(LOUHI, Role.CUSTOMER, "Aino Virtanen"), Line()
    await house.app[keys.SWITCHBOARD].arrive(appointment_id, aino, "page", line, now=house.now)
    ilmari = await house.staff("ilmari")
    home = f"/desk/appointments/{appointment_id}"

    desk = await ilmari.sends(await ilmari.opens("/desk"), f"{home}/tell", sentence="in_a_moment")

    assert "The customer is told." in desk.text
    assert '"sentence":"in_a_moment"' in line.sent[-1]
    assert '"type":"waiting"' in line.sent[-1]
    assert "be there in a moment" in desk.text.partition("Told last:")[2]


async def test_no_other_words_than_ready_sentences_can_be_told(house: FaceHouse) -> None:
    appointment_id = await waits(house)
    ilmari = await house.staff("ilmari")
    tell = f"/desk/appointments/{appointment_id}/tell"

    answer = await ilmari.sends(await ilmari.opens("/desk"), tell, sentence="Hei Aino!")

    assert answer.status == 422

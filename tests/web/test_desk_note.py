"""The team's private note: on the desk and in the meeting, and on no page of the customer's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from identity.look import Thing
from identity.look_ports import LooksAt
from server.demo_data import LOUHI, NURSE
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser

WORDS = "Kuulee huonosti; puhu selvästi"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def typed(browser: Browser, place: str, text: str, revision: int) -> int:
    """Save as the script does; return the status."""
    [form] = [one for one in (await browser.opens(place)).forms() if one["action"] == place]
    sent = form | {"text": text, "revision": str(revision)}
    headers = {"Accept": "application/json", "Origin": browser.origin}
    async with browser.client.post(f"{browser.origin}{place}", data=sent, headers=headers) as answer:
        return answer.status


async def test_a_note_stands_on_the_desk_and_in_the_meeting_and_never_at_the_customers(
    house: FaceHouse,
) -> None:
    appointment, token = await house.books(offering_id=NURSE, adviser_id=LOUHI)  # who asks for no bank
    louhi, aino, home = await house.staff("louhi"), house.browser(), f"/desk/appointments/{appointment.id}"
    page = await louhi.opens(f"{home}/note")

    desk = await louhi.sends(page, f"{home}/note", text=WORDS)

    meeting, again = await louhi.opens(f"{home}/meeting"), await louhi.opens(f"{home}/note")
    house.now = appointment.span.start
    await aino.sends(await aino.opens(f"/a/{token}/door"), f"/a/{token}/door")
    theirs = [await aino.opens(f"/a/{token}{path}") for path in ("", "/door", "/documents", "/delay")]
    assert f'href="{home}/note"' in desk.text
    assert (WORDS in again.text, WORDS in meeting.text) == (True, True)
    assert 'id="meeting"' in theirs[1].text
    assert not any(WORDS in one.text or "Private note" in one.text for one in theirs)


async def test_whoever_reads_a_note_stands_in_the_access_log(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment.id}/note"
    await ilmari.sends(await ilmari.opens(place), place, text=WORDS)
    eeva = await house.staff("admin")

    await eeva.opens(place)

    async with house.units.read() as unit:
        looks = [one.look for one in await unit.access_log.newest(LooksAt())]
    assert (Thing.TEXT, appointment.id) in {(one.thing, one.appointment_id) for one in looks[:2]}


async def test_of_two_who_type_at_once_the_second_is_told_and_loses_nothing(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, eeva = await house.staff("ilmari"), await house.staff("admin")
    place = f"/desk/appointments/{appointment.id}/note"
    hers = await eeva.opens(place)

    mine = [await typed(ilmari, place, WORDS, 0), await typed(ilmari, place, WORDS + "!", 0)]
    told = await eeva.sends(hers, place, text="Tuo kuitit")
    saved = await eeva.sends(told, place, text=f"{WORDS}. Tuo kuitit")

    assert mine == [200, 409]
    assert (told.status, WORDS in told.text, "Tuo kuitit" in told.text) == (409, True, True)
    assert saved.address == "/desk?done=noted"


@pytest.mark.parametrize("page", ["note", "summary"])
async def test_a_revision_beyond_all_that_can_be_is_refused(house: FaceHouse, page: str) -> None:
    appointment, _ = await house.books()
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment.id}/{page}"
    form = (await ilmari.opens(place)).forms()[-1]

    refused = [await ilmari.posts(place, form | {"revision": str(most)}) for most in (2**31 - 1, 2**63)]

    assert [one.status for one in refused] == [422, 422]


async def test_another_team_neither_reads_nor_writes_a_note(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, louhi = await house.staff("ilmari"), await house.staff("louhi")
    place = f"/desk/appointments/{appointment.id}/note"
    await ilmari.sends(await ilmari.opens(place), place, text=WORDS)

    form = (await louhi.opens("/desk")).forms()[0] | {"text": "x", "revision": "1"}
    refused = [await louhi.opens(place), await louhi.posts(place, form)]

    assert [page.status for page in refused] == [404, 404]
    assert WORDS in (await ilmari.opens(place)).text

"""The organisation's ready sentences: an admin writes, an adviser tells; ids alone go over the wire."""

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from booking.appointment import Appointment
from booking.wording import Wording, WordingKind
from server.demo_data import NURSE
from server.meeting_log import UnitMeetingLog
from signalling.ice import IcePolicy
from signalling.participant import Participant, Role
from signalling.switchboard import Switchboard
from tests.memory.relay import MemoryRelay
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page
from tests.web.test_desk_waiting import Line
from web import keys
from web.own_words import wire_id

HOME = "/admin/sentences"
WORDS = {"text_fi": "Haen tulkin.", "text_sv": "Jag hämtar en tolk.", "text_en": ""}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    def furnish(house: FaceHouse) -> None:
        house.app[keys.SWITCHBOARD] = Switchboard(UnitMeetingLog(house.units), IcePolicy(), MemoryRelay())

    async with face_house(tmp_path, furnish=furnish) as house:
        yield house


@pytest.fixture
async def admin(house: FaceHouse) -> Browser:
    return await house.staff("admin")


async def writes(admin: Browser, **words: str) -> Page:
    return await admin.sends(await admin.opens(HOME), HOME, **{**WORDS, **words})


async def sentences(house: FaceHouse) -> list[Wording]:
    async with house.units.read() as unit:
        return list(await unit.wordings.all(WordingKind.SENTENCE))


async def withdraws(admin: Browser, one: Wording) -> Page:
    return await admin.posts(
        f"{HOME}/{one.id}/withdraw",
        {"csrf": (await admin.opens(HOME)).forms()[0]["csrf"], "withdrawn": "1"},
    )


async def waits(house: FaceHouse) -> tuple[Appointment, Browser, str, Line]:
    """Let Aino come in by the door and wait."""
    appointment, token = await house.books(offering_id=NURSE)
    house.now = SOON - timedelta(minutes=5)
    aino, line = house.browser(), Line()
    place = f"/a/{token}/door"
    await aino.sends(await aino.opens(place), place)
    who = Participant(UUID(int=5), Role.CUSTOMER, "Aino Virtanen")
    await house.app[keys.SWITCHBOARD].arrive(appointment.id, who, "page", line, now=house.now)
    return appointment, aino, token, line


def page_sentences(page: Page) -> dict[str, str]:
    data: Any = json.loads(re.findall(r'id="page-data">(.*?)</script>', page.text, re.DOTALL)[0])
    words: dict[str, str] = data["sentences"]["words"]
    return words


async def learns(browser: Browser, token: str, sentence_id: str, language: str = "en") -> tuple[int, str]:
    url = f"{browser.origin}/a/{token}/sentences/{sentence_id}?lang={language}"
    async with browser.client.get(url, headers={"Accept": "application/json"}) as answer:
        told = await answer.json()
        return answer.status, told.get("text", "")


async def test_a_written_sentence_is_on_the_panel_and_on_the_page_of_who_waits(
    house: FaceHouse, admin: Browser
) -> None:
    listed = await writes(admin)
    [one] = await sentences(house)
    appointment, aino, token, _ = await waits(house)
    ilmari = await house.staff("ilmari")

    panel = await ilmari.opens(f"/desk/appointments/{appointment.id}/coming")
    finnish = page_sentences(await aino.opens(f"/a/{token}/door?lang=fi"))
    english = page_sentences(await aino.opens(f"/a/{token}/door?lang=en"))

    assert listed.address == HOME
    assert f'value="{wire_id(one)}"' in panel.text
    assert finnish == {wire_id(one): "Haen tulkin."}
    assert english == {wire_id(one): "Haen tulkin."}  # no English: the house's language


async def test_only_the_id_goes_over_the_socket_and_the_panel_says_what_was_told(
    house: FaceHouse, admin: Browser
) -> None:
    await writes(admin)
    [one] = await sentences(house)
    appointment, _, _, line = await waits(house)
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment.id}"

    await ilmari.sends(await ilmari.opens("/desk"), f"{place}/tell", sentence=wire_id(one))

    assert json.loads(line.sent[-1])["said"]["sentence"] == wire_id(one)
    assert not any("tulkin" in frame for frame in line.sent)
    assert "Haen tulkin." in (await ilmari.opens(f"{place}/coming")).text.partition("Told last:")[2]


async def test_one_written_while_somebody_waits_is_learnt_by_the_session_of_the_door_alone(
    house: FaceHouse, admin: Browser
) -> None:
    _, aino, token, _ = await waits(house)
    before = page_sentences(await aino.opens(f"/a/{token}/door"))
    await writes(admin)
    [one] = await sentences(house)

    learnt = await learns(aino, token, wire_id(one), "sv")
    stranger = await learns(house.browser(), token, wire_id(one))
    unknown = [(await learns(aino, token, wrong))[0] for wrong in ("in_a_moment", "x", "0" * 32)]

    assert before == {}
    assert learnt == (200, "Jag hämtar en tolk.")
    assert stranger == (401, "")
    assert unknown == [404, 404, 404]


async def test_changed_words_have_an_id_of_their_own_and_the_old_one_tells_the_new_words(
    house: FaceHouse, admin: Browser
) -> None:
    await writes(admin)
    [old] = await sentences(house)
    appointment, aino, token, line = await waits(house)
    place = f"{HOME}/{old.id}"
    await admin.sends(await admin.opens(place), place, text_fi="Haen tulkin heti.")
    [new] = await sentences(house)
    ilmari = await house.staff("ilmari")

    tell = f"/desk/appointments/{appointment.id}/tell"
    await ilmari.sends(await ilmari.opens("/desk"), tell, sentence=wire_id(old))

    assert wire_id(new) != wire_id(old)
    assert json.loads(line.sent[-1])["said"]["sentence"] == wire_id(new)
    assert await learns(aino, token, wire_id(new), "fi") == (200, "Haen tulkin heti.")


async def test_a_withdrawn_one_is_picked_no_more_and_stays_readable(house: FaceHouse, admin: Browser) -> None:
    await writes(admin)
    [one] = await sentences(house)
    appointment, aino, token, line = await waits(house)
    ilmari, place = await house.staff("ilmari"), f"/desk/appointments/{appointment.id}"
    desk = await ilmari.opens("/desk")
    await ilmari.sends(desk, f"{place}/tell", sentence=wire_id(one))

    gone = await withdraws(admin, one)
    refused = await ilmari.sends(desk, f"{place}/tell", sentence=wire_id(one))
    panel = await ilmari.opens(f"{place}/coming")

    assert "Withdrawn" in gone.text
    assert (refused.status, len([one for one in line.sent if "said" in one])) == (409, len(line.sent))
    assert f'value="{wire_id(one)}"' not in panel.text
    assert "Haen tulkin." in panel.text.partition("Told last:")[2]
    assert (await learns(aino, token, wire_id(one), "fi"))[1] == "Haen tulkin."


@pytest.mark.parametrize("sentence", ["soita-numeroon-050", "Hei Aino!", "a" * 41, "0" * 32 + "-0000000"])
async def test_no_id_is_passed_on_whose_words_the_house_does_not_know(
    house: FaceHouse, sentence: str
) -> None:
    appointment, _, _, line = await waits(house)
    ilmari, before = await house.staff("ilmari"), len(line.sent)

    tell = f"/desk/appointments/{appointment.id}/tell"
    answer = await ilmari.sends(await ilmari.opens("/desk"), tell, sentence=sentence)

    assert answer.status in (409, 422)
    assert len(line.sent) == before


async def test_the_words_are_text_wherever_they_stand(house: FaceHouse, admin: Browser) -> None:
    await writes(admin, text_fi="<b>Hei</b> & tervetuloa", text_sv="")
    appointment, aino, token, _ = await waits(house)
    ilmari = await house.staff("ilmari")

    pages = [
        await admin.opens(HOME),
        await ilmari.opens(f"/desk/appointments/{appointment.id}/coming"),
        await aino.opens(f"/a/{token}/door"),
    ]

    assert not any("<b>Hei" in page.text for page in pages)
    assert list(page_sentences(pages[-1]).values()) == ["<b>Hei</b> & tervetuloa"]


@pytest.mark.parametrize(
    "words", [{"text_fi": "", "text_sv": ""}, {"text_fi": "x" * 121}, {"text_fi": "kaksi\nriviä"}]
)
async def test_no_words_too_many_words_and_two_lines_are_refused_beside_the_field(
    house: FaceHouse, admin: Browser, words: dict[str, str]
) -> None:
    answer = await writes(admin, **words)

    assert (answer.status, await sentences(house)) == (422, [])
    assert 'aria-invalid="true"' in answer.text


async def test_of_two_admins_the_second_is_shown_both(house: FaceHouse, admin: Browser) -> None:
    await writes(admin)
    [one] = await sentences(house)
    place = f"{HOME}/{one.id}"
    late = await admin.opens(place)
    await admin.sends(await admin.opens(place), place, text_fi="Ensin.")

    told = await admin.sends(late, place, text_fi="Sitten.")
    again = await admin.sends(told, place, text_fi="Sitten.")

    assert (told.status, "Somebody else has changed this meanwhile" in told.text) == (409, True)
    assert again.address == HOME
    assert [each.texts["fi"] for each in await sentences(house)] == ["Sitten."]


async def test_the_log_of_set_up_has_who_wrote_changed_and_withdrew(house: FaceHouse, admin: Browser) -> None:
    await writes(admin)
    [one] = await sentences(house)
    place = f"{HOME}/{one.id}"
    await admin.sends(await admin.opens(place), place, text_en="I am fetching an interpreter.")
    await withdraws(admin, one)

    log = re.sub(r"<[^>]+>|\s+", " ", (await admin.opens("/admin/changes?thing=sentence")).text)

    assert "Ready sentence" in log
    assert "Words (English)" in log
    assert "In use" in log
    assert "Place in the list" not in log

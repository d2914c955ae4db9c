"""Each sentence about who sees and what is kept changes with what it tells of."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from booking.offering import Offering
from booking.question import Question, QuestionKind
from booking.set_up import change_offering
from server.database.leftovers import LETTERS_KEPT, MESSAGES_KEPT, NOTES_KEPT
from server.demo_data import MORTGAGE
from server.house import site_of
from server.settings import Mode, Settings
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.house import SITE
from web import keys
from web.format import Reader
from web.moments import moment_json
from web.promises import Case, promises

ENGLISH = Reader("en", ZoneInfo("Europe/Helsinki"))
PHONE_AND_MAIL = replace(SITE, has_sms=True, reads_sms=True)
OFFERING = Offering(
    id=UUID(int=1), names={"en": "Mortgage"}, texts={}, length=timedelta(minutes=30), assurance="substantial"
)
ASKED = Question(key="about", labels={"en": "What about?"}, kind=QuestionKind.TEXT)
CASE = Case(site=PHONE_AND_MAIL, offerings=[OFFERING], colleagues=2)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


def said(case: Case, reader: Reader = ENGLISH) -> str:
    return "\n".join(sentence for one in promises(case, reader) for sentence in one.sentences)


def kept(**changed: Any) -> Case:
    return replace(CASE, site=replace(CASE.site, keeping=replace(CASE.site.keeping, **changed)))


def offered(**changed: Any) -> Case:
    return replace(CASE, offerings=[replace(OFFERING, **changed)])


def among(**changed: Any) -> Case:
    """Return the case of two offerings, of which one is another."""
    return replace(CASE, offerings=[OFFERING, replace(OFFERING, **changed)])


@pytest.mark.parametrize(
    ("case", "now", "before"),
    [
        (kept(relays_all=True), "Neither side learns the other's network address", "straight between you"),
        (offered(media_way="relay"), "Neither side learns the other's network address", "straight between"),
        (among(media_way="relay"), "In some appointments no: picture and sound go through our relay", ""),
        (kept(hides_private=False), "straight between you", "inside our own network"),
        (kept(persons=timedelta(days=30)), "All of it goes 30 days after", "All of it goes 2 years after"),
        (kept(letters=timedelta(days=5)), "is kept for 5 days", "What we wrote is kept for 90 days"),
        (kept(messages=timedelta(days=3)), "send us is kept for 3 days", "send us is kept for 7 days"),
        (kept(notes=timedelta(days=9)), "goes 9 days after it was last", "goes 90 days after it was last"),
        (replace(CASE, has_helper=True), "You have made a link", "Only if you make a link"),
        (among(assurance="none"), "Some appointments ask for identification", ""),
        (among(shows_code=False), "In the others advisers do not see it", ""),
        (among(questions=(ASKED,)), "What you answer when you book stays", ""),
        (offered(shows_code=False), "Advisers do not see the personal", "only by giving a reason"),
        (offered(assurance="none"), "without identifying yourself", "which is kept encrypted"),
        (offered(questions=(ASKED,)), "What you answer when you book stays", ""),
        (replace(CASE, colleagues=0), "Your adviser and the team's", "of the same team (2)"),
        (replace(CASE, colleagues=None), "The adviser whom you get", "of the same team (2)"),
        (replace(CASE, writes_sms=False), "by e-mail alone", "by e-mail and text message"),
        (replace(CASE, site=replace(SITE, has_sms=False)), "by e-mail alone", "by e-mail and text message"),
        (replace(CASE, site=replace(CASE.site, reads_sms=False)), "text message", "that you send us"),
    ],
)
def test_another_setting_is_another_sentence(case: Case, now: str, before: str) -> None:
    assert before in said(CASE)
    assert now in said(case)
    assert not before or before not in said(case)
    for language in ("fi", "sv"):
        other = Reader(language, ENGLISH.zone)
        assert said(case, other) != said(CASE, other)


def test_what_is_told_is_what_the_installation_was_set_to() -> None:
    usual = Settings(mode=Mode.DEMO, secret="x" * 40)
    other = Settings(
        mode=Mode.DEMO,
        secret="x" * 40,
        persons_kept_days=30,
        relay_only=True,
        hide_private_addresses=False,
        turn_urls=("turn:turn.example.org",),
        turn_secret="north",
    )

    assert site_of(usual).keeping.persons == timedelta(days=731)
    assert (site_of(usual).keeping.letters, site_of(usual).keeping.messages) == (LETTERS_KEPT, MESSAGES_KEPT)
    assert site_of(usual).keeping.notes == NOTES_KEPT
    assert not site_of(usual).keeping.relays_all
    assert site_of(other).keeping.persons == timedelta(days=30)
    assert site_of(other).keeping.relays_all
    assert not site_of(other).keeping.hides_private


async def test_every_page_from_booking_to_the_door_leads_there_in_one_tap(house: FaceHouse) -> None:
    _, token = await house.books()
    aino, home = house.browser(), f"/a/{token}"
    before = await aino.opens(f"/book/{MORTGAGE}")

    for path in (home, f"{home}/door", f"{home}/call", f"{home}/move", f"{home}/connection-test"):
        assert f'href="{home}/who-sees"' in (await aino.opens(path)).text, path
    assert f'href="/book/{MORTGAGE}/who-sees"' in before.text
    for path in (f"{home}/who-sees", f"/book/{MORTGAGE}/who-sees"):
        shown = await aino.opens(path)
        assert "All of it goes 2 years after your last appointment" in shown.text


async def test_the_page_on_privacy_tells_what_this_installation_is_set_to(tmp_path: Path) -> None:
    def furnish(house: FaceHouse) -> None:
        site = house.app[keys.SITE]
        keeping = replace(
            site.keeping, persons=timedelta(days=30), letters=timedelta(days=5), relays_all=True
        )
        house.app[keys.SITE] = replace(site, keeping=keeping)

    for folder in ("usual", "other"):
        (tmp_path / folder).mkdir()
    async with face_house(tmp_path / "usual") as house:
        usual = (await house.browser().opens("/privacy")).text
    async with face_house(tmp_path / "other", furnish=furnish) as house:
        other = (await house.browser().opens("/privacy")).text

    told = {
        "All of it goes 2 years after": "All of it goes 30 days after",
        "is kept for 90 days": "is kept for 5 days",
        "straight between you": "Neither side learns the other",
    }
    for before, after in told.items():
        assert before in usual
        assert after not in usual
        assert after in other
        assert before not in other


async def test_the_page_on_privacy_tells_of_all_offerings_together(house: FaceHouse) -> None:
    before = (await house.browser().opens("/privacy")).text

    async with house.units.write() as unit:
        for one in await unit.offerings.all():
            await change_offering(unit, one.id, lambda each: replace(each, assurance="none"))

    after = (await house.browser().opens("/privacy")).text
    assert "Some appointments ask for identification, others do not." in before
    assert "kept encrypted" in before
    assert "without identifying yourself" in after
    assert "which is kept encrypted. All of it goes" not in after


async def test_a_helpers_link_is_told_of_once_it_is_made(house: FaceHouse) -> None:
    _, token = await house.books()
    aino, home = house.browser(), f"/a/{token}"
    before = (await aino.opens(f"{home}/who-sees")).text

    await aino.sends(await aino.opens(f"{home}/helper"), f"{home}/helper")

    assert "Only if you make a link for them" in before
    assert "You have made a link for somebody who helps you" in (await aino.opens(f"{home}/who-sees")).text


async def test_the_form_of_a_kept_time_leads_there_too(house: FaceHouse) -> None:
    aino = house.browser()
    times = await aino.opens(f"/book/{MORTGAGE}")

    details = await aino.sends(times, f"/book/{MORTGAGE}/hold", start=moment_json(SOON))

    assert f'href="/book/{MORTGAGE}/who-sees"' in details.text


async def test_the_meeting_has_it_on_the_page_itself(house: FaceHouse) -> None:
    appointment, token = await house.books()
    ilmari = await house.staff("ilmari")

    shown = await ilmari.opens(f"/desk/appointments/{appointment.id}/meeting")

    assert "All of it goes 2 years after your last appointment" in shown.text
    assert token not in shown.text

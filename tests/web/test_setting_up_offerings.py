"""Admins make and edit offerings in plain pages, and of two at once the second is told."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from booking.letter import LetterKind
from booking.offering import Offering
from booking.question import QuestionKind
from server.demo_data import ADMIN, AINIKKI, ILMARI, MORTGAGE, NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page
from web.pages.offering_items import MOST

HOME = f"/admin/offerings/{MORTGAGE}"
TEXTS = {"name_fi": "Laina", "name_sv": "Lån", "name_en": "", "text_fi": "Puhutaan.\r\nLainasta."}
TIME = {
    "length": "50",
    "step": "10",
    "buffer_before": "5",
    "buffer_after": "15",
    "notice": "90",
    "notice_unit": "minutes",
    "horizon": "14",
    "horizon_unit": "days",
    "daily_cap": "4",
    "hold": "7",
    "zone": "Europe/Stockholm",
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.fixture
async def admin(house: FaceHouse) -> Browser:
    return await house.staff("admin")


async def offering(house: FaceHouse, offering_id: UUID = MORTGAGE) -> Offering:
    async with house.units.read() as unit:
        return await unit.offerings.get(offering_id)


async def saved(admin: Browser, section: str, **values: str) -> Page:
    return await admin.sends(await admin.opens(f"{HOME}/{section}"), f"{HOME}/{section}", **values)


async def test_a_new_offering_is_closed_until_somebody_opens_it(house: FaceHouse, admin: Browser) -> None:
    page = await admin.opens("/admin/offerings/new")
    made = await admin.sends(page, "/admin/offerings/new", name_sv="Ny tjänst", length="25")
    before = await admin.opens("/")
    opened = await admin.sends(made, f"{made.address}/open")
    after = await admin.opens("/")

    assert "Closed" in made.text
    assert "Nobody meets its customers yet" in opened.text
    assert ("Ny tjänst" in before.text, "Ny tjänst" in after.text) == (False, True)
    new = await offering(house, UUID(made.address.rpartition("/")[2]))
    assert (new.names, new.length, new.is_open) == ({"sv": "Ny tjänst"}, timedelta(minutes=25), True)


async def test_texts_are_kept_by_language(house: FaceHouse, admin: Browser) -> None:
    await saved(admin, "texts", **TEXTS)

    kept = await offering(house)
    assert kept.names == {"fi": "Laina", "sv": "Lån"}
    assert kept.texts["fi"] == "Puhutaan.\nLainasta."


async def test_times_are_kept_as_they_were_told(house: FaceHouse, admin: Browser) -> None:
    await saved(admin, "time", **TIME)

    kept = await offering(house)
    minutes = (kept.length, kept.step, kept.buffer_before, kept.buffer_after, kept.notice, kept.hold)
    assert [span / timedelta(minutes=1) for span in minutes] == [50, 10, 5, 15, 90, 7]
    assert (kept.horizon, kept.daily_cap, kept.zone) == (timedelta(days=14), 4, "Europe/Stockholm")


@pytest.mark.parametrize(
    ("section", "values", "told"),
    [
        ("texts", {"name_fi": "", "name_sv": "", "name_en": ""}, "Fill this in in one language at least."),
        ("time", TIME | {"length": "47"}, "Choose a multiple of five minutes."),
        ("time", TIME | {"step": "0"}, "This number is too small."),
        ("time", TIME | {"buffer_after": "-5"}, "This number is too small."),
        ("time", TIME | {"horizon": "63"}, "This time is too long."),
        ("time", TIME | {"notice": "9999", "notice_unit": "days"}, "This time is too long."),
        ("time", TIME | {"daily_cap": "many"}, "Write a whole number."),
        ("time", TIME | {"zone": "../../etc/passwd"}, ""),
        ("meeting", {"languages": "tlh"}, ""),
        ("rules", {"grace": "1000"}, "This number is too large."),
        ("letters", {"one_day": "61", "one_day_unit": "days"}, "This time is too long."),
        (
            "refill",
            {"mode": "one_by_one", "answer_within": "1", "answer_within_unit": "minutes"},
            "too short",
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_beside_its_field(
    house: FaceHouse, admin: Browser, section: str, values: dict[str, str], told: str
) -> None:
    before = await offering(house)

    page = await saved(admin, section, **values)

    assert page.status == 422
    assert told in page.text
    assert "field--wrong" in page.text
    assert await offering(house) == before


async def test_other_rules_have_another_version(house: FaceHouse, admin: Browser) -> None:
    await saved(admin, "rules", grace="4", late_limit="36", late_limit_unit="hours")
    await saved(admin, "rules", late_limit_unit="hours")

    kept = (await offering(house)).rules
    assert (kept.grace, kept.late_limit, kept.version) == (timedelta(minutes=4), timedelta(hours=36), 2)


async def test_a_plan_leaves_out_the_reminders_that_are_not_ticked(house: FaceHouse, admin: Browser) -> None:
    page = await admin.opens(f"{HOME}/letters")
    form = next(form for form in page.forms() if form["action"] == f"{HOME}/letters")
    values = {
        **{name: value for name, value in form.items() if not name.endswith("_on")},
        "one_day_on": "1",
        "one_day": "20",
        **{f"{kind}_unit": "hours" for kind in ("three_days", "one_day", "fifteen_minutes")},
    }

    await admin.posts(f"{HOME}/letters", values)

    assert (await offering(house)).letters.before == ((LetterKind.ONE_DAY, timedelta(hours=20)),)


async def test_of_two_admins_the_second_is_told_and_overwrites_nothing(
    house: FaceHouse, admin: Browser
) -> None:
    seen_by_both = await admin.opens(f"{HOME}/texts")
    await saved(admin, "texts", **TEXTS)

    late = await admin.sends(seen_by_both, f"{HOME}/texts", name_fi="Myöhästynyt")

    assert late.status == 409
    assert "Somebody else has changed this meanwhile" in late.text
    assert 'value="Myöhästynyt"' in late.text
    assert (await offering(house)).names["fi"] == "Laina"
    again = await admin.sends(late, f"{HOME}/texts")
    assert again.status == 200
    assert (await offering(house)).names["fi"] == "Myöhästynyt"


async def test_two_admins_on_different_sections_do_not_meet(house: FaceHouse, admin: Browser) -> None:
    texts = await admin.opens(f"{HOME}/texts")
    await saved(admin, "time", **TIME)

    page = await admin.sends(texts, f"{HOME}/texts", name_fi="Laina")

    kept = await offering(house)
    assert (page.status, kept.names["fi"], kept.daily_cap) == (200, "Laina", 4)


async def test_questions_are_added_with_keys_that_stay(house: FaceHouse, admin: Browser) -> None:
    home = f"/admin/offerings/{NURSE}/questions"
    choices = {"choices_fi": "Kyllä\r\nEi", "choices_en": "Yes\r\n\r\nNo", "kind": "choice"}
    new = {"label_fi": "Onko kiire?", "label_en": "Urgent?", "is_required": "1", **choices}
    await admin.sends(await admin.opens(f"{home}/new"), f"{home}/new", **new)
    made = (await offering(house, NURSE)).questions[-1]
    await admin.sends(await admin.opens(f"{home}/2"), f"{home}/2", **{**new, "label_fi": "Hoppu?"})
    await admin.posts(f"{home}/2/shift", {**_form(await admin.opens(home), f"{home}/2/shift"), "by": "-1"})
    await admin.removes(await admin.opens(home), f"{home}/0/remove")

    kept = (await offering(house, NURSE)).questions
    assert made.kind is QuestionKind.CHOICE
    assert made.choices == ({"fi": "Kyllä", "en": "Yes"}, {"fi": "Ei", "en": "No"})
    assert [question.key for question in kept] == [made.key, "wishes"]
    assert (kept[0].labels["fi"], kept[0].is_required) == ("Hoppu?", True)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"kind": "text"}, "Fill this in in one language at least."),
        ({"kind": "choice", "label_fi": "?", "choices_fi": "Yksi"}, "Write two choices at least"),
        (
            {"kind": "choice", "label_fi": "?", "choices_fi": "a\nb", "choices_sv": "a\nb\nc"},
            "as many choices",
        ),
        ({"kind": "essay", "label_fi": "?"}, "Choose one of these."),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(
    house: FaceHouse, admin: Browser, values: dict[str, str], told: str
) -> None:
    home = f"{HOME}/questions/new"
    blank = _form(await admin.opens(home), home) | {"kind": ""}

    page = await admin.posts(home, blank | values)

    assert page.status == 422
    assert told in page.text
    assert len((await offering(house)).questions) == 3


@pytest.mark.parametrize(
    ("kind", "stays"),
    [
        ("questions", "Answers that were given stay with their appointments."),
        ("advice", "Nothing else changes."),
    ],
)
async def test_what_is_to_be_removed_is_named_first_and_stays_until_then(
    house: FaceHouse, admin: Browser, kind: str, stays: str
) -> None:
    home, before = f"{HOME}/{kind}", await offering(house)

    asked = await admin.sends(await admin.opens(home), f"{home}/0/remove")
    kept = await offering(house)
    removed = await admin.sends(asked, f"{home}/0/remove")

    first = before.questions[0].labels["en"] if kind == "questions" else before.advice[0].titles["en"]
    assert asked.status == 200
    assert (first in asked.text, stays in asked.text, f'href="{home}"' in asked.text) == (True, True, True)
    assert kept == before
    assert first not in removed.text


async def test_a_question_is_not_removed_from_a_list_that_changed(house: FaceHouse, admin: Browser) -> None:
    home = f"{HOME}/questions"
    old = await admin.opens(home)
    asked = await admin.sends(old, f"{home}/0/remove")
    await admin.sends(asked, f"{home}/0/remove")

    late = [await admin.sends(page, f"{home}/0/remove") for page in (old, asked)]

    assert [page.status for page in late] == [409, 409]
    assert len((await offering(house)).questions) == 2


async def test_a_list_that_was_filled_meanwhile_takes_no_more(house: FaceHouse, admin: Browser) -> None:
    home = f"{HOME}/questions/new"
    page = await admin.opens(home)
    while len((await offering(house)).questions) < MOST:
        assert (await admin.sends(page, home, kind="text", label_fi="Mitä?")).status == 200
        page = await admin.opens(home) if len((await offering(house)).questions) < MOST else page

    late = await admin.sends(page, home, kind="text", label_fi="Vielä?")

    assert late.status == 409
    assert len((await offering(house)).questions) == MOST


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://x.example/",
        "https://",
        "//x.example",
        "https://a b",
        "https://u@x.example",
    ],
)
async def test_advice_leads_to_the_web_alone(house: FaceHouse, admin: Browser, url: str) -> None:
    home = f"{HOME}/advice"
    page = await admin.opens(f"{home}/new")

    refused = await admin.sends(page, f"{home}/new", title_fi="Itse", text_fi="Näin.", url=url)
    taken = await admin.sends(page, f"{home}/new", title_fi="Itse", text_fi="Näin.", url="https://x.example/")

    assert (refused.status, taken.status) == (422, 200)
    assert "begins with https://" in refused.text
    assert [advice.url for advice in (await offering(house)).advice] == [
        "https://www.kkv.fi/",
        "https://x.example/",
    ]


async def test_closing_tells_what_is_ahead_and_leaves_it(house: FaceHouse, admin: Browser) -> None:
    appointment, token = await house.books()

    asked = await admin.opens(f"{HOME}/close")
    closed = await admin.sends(asked, f"{HOME}/close")

    assert "1 appointment ahead" in asked.text
    assert "Customers neither see nor book it." in closed.text
    assert await house.appointment(appointment.id) == appointment
    assert (await admin.opens(f"/a/{token}")).status == 200
    assert str(MORTGAGE) not in (await admin.opens("/")).text


async def test_what_leads_to_a_closed_offering_leads_on_to_the_others(
    house: FaceHouse, admin: Browser
) -> None:
    chosen = await admin.opens(f"/book/{MORTGAGE}")
    free = next(one for one in chosen.forms() if one["action"].endswith("/hold"))
    await admin.sends(await admin.opens(f"{HOME}/close"), f"{HOME}/close")
    closed = await offering(house)

    told = [
        await house.browser().opens(f"/book/{MORTGAGE}"),
        await admin.posts(f"/book/{MORTGAGE}/hold", {"csrf": free["csrf"], "start": SOON.isoformat()}),
    ]

    for page in told:
        assert page.status == 404
        assert "This cannot be booked at the moment" in page.text
        assert f'href="/book/{NURSE}"' in page.text
        assert closed.name("en") not in page.text


async def test_advisers_are_chosen_by_ticking_them(house: FaceHouse, admin: Browser) -> None:
    page = await admin.opens(f"{HOME}/advisers")
    seen = _form(page, f"{HOME}/advisers")["seen"]
    csrf = _form(page, f"{HOME}/advisers")["csrf"]

    await admin.posts(f"{HOME}/advisers", {"csrf": csrf, "seen": seen, "advisers": str(AINIKKI)})
    late = await admin.posts(f"{HOME}/advisers", {"csrf": csrf, "seen": seen, "advisers": str(ADMIN)})

    async with house.units.read() as unit:
        assert [one.id for one in await unit.advisers.of_offering(MORTGAGE)] == [AINIKKI]
        assert ILMARI in {one.id for one in await unit.advisers.all()}
    assert late.status == 409


async def test_the_list_is_in_the_order_that_customers_see(house: FaceHouse, admin: Browser) -> None:
    page = await admin.opens("/admin/offerings")
    form = _form(page, f"/admin/offerings/{NURSE}/shift")

    moved = await admin.posts(f"/admin/offerings/{NURSE}/shift", {**form, "by": "-1"})

    assert "Next free time:" in page.text
    assert moved.text.index(str(NURSE)) < moved.text.index(str(MORTGAGE))
    front = (await admin.opens("/")).text
    assert front.index(str(NURSE)) < front.index(str(MORTGAGE))


def _form(page: Page, action: str) -> dict[str, str]:
    return {
        name: value
        for form in page.forms()
        if form["action"] == action
        for name, value in form.items()
        if name != "action"
    }

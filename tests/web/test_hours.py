"""Hours are edited by plain forms; who would be left outside is shown first, and stays."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.availability import Openings
from server.demo_data import ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page

FIELDS = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')
ACTION = re.compile(r'<form method="post" action="([^"]*)"')


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def sends_week(
    house: FaceHouse,
    browser: Browser,
    *rows: tuple[int, str, str],
    home: str = "/desk/hours",
    **more: str,
) -> Page:
    """Send the week's form as a browser does: a row of three fields for each stretch."""
    csrf = (await browser.opens(home)).forms()[0]["csrf"]
    pairs = list({"csrf": csrf, "offering": "", **more}.items())
    for weekday, start, end in rows:
        pairs += [("weekday", str(weekday)), ("start", start), ("end", end)]
    async with browser.client.post(
        f"{house.origin}{home}", data=pairs, headers={"Origin": house.origin, "Accept-Language": "en"}
    ) as answer:
        return Page(answer.status, str(answer.url.relative()), await answer.text())


async def openings(house: FaceHouse, adviser: object = ILMARI) -> Openings:
    async with house.units.read() as unit:
        return await unit.hours.openings(adviser, since=house.now)  # type: ignore[arg-type]


def every_day(start: str, end: str) -> list[tuple[int, str, str]]:
    return [(weekday, start, end) for weekday in range(7)]


async def test_an_adviser_writes_several_stretches_evenings_and_weekends(house: FaceHouse) -> None:
    louhi = await house.staff("louhi")

    page = await sends_week(
        house, louhi, (0, "08:00", "11:30"), (0, "12:30", "16:00"), (5, "18.00", "00:00"), (6, "", "")
    )

    assert (page.status, page.address) == (200, "/desk/hours?saved=1")
    assert [
        (line.weekday, line.start_minute, line.end_minute) for line in (await openings(house, LOUHI)).weekly
    ] == [(0, 480, 690), (0, 750, 960), (5, 1080, 1440)]
    assert "8:00–11:30, 12:30–16:00" in page.text
    assert "Europe/Helsinki" in page.text


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([(2, "16:00", "08:00")], "The end comes after the start."),
        ([(2, "08:00", "12:00"), (2, "11:00", "13:00")], "These hours overlap each other."),
        ([(2, "08:01", "12:00")], "Times are on five minutes"),
        ([(2, "08:00", "")], "Write both times"),
        ([(2, "noon", "13:00")], "Write both times"),
        ([(2, "25:00", "26:00")], "Write both times"),
        ([(2, f"{hour:02}:00", f"{hour:02}:30") for hour in range(9)], "eight stretches at most"),
    ],
)
async def test_hours_against_the_rules_come_back_as_typed_with_the_error_beside_them(
    house: FaceHouse, rows: list[tuple[int, str, str]], says: str
) -> None:
    ilmari, before = await house.staff("ilmari"), await openings(house)

    page = await sends_week(house, ilmari, *rows)

    assert page.status == 422
    assert says in page.text
    assert 'aria-describedby="week-hint error-week-2"' in page.text
    assert f'value="{rows[0][1]}"' in page.text
    assert await openings(house) == before


async def test_appointments_left_outside_are_shown_and_stay_after_the_second_button(
    house: FaceHouse,
) -> None:
    appointment, _ = await house.books()
    ilmari = await house.staff("ilmari")
    before = await openings(house)

    warned = await sends_week(house, ilmari, *every_day("06:00", "07:00"))
    stood = await openings(house)
    saved = await press_save_anyway(house, ilmari, warned)

    assert warned.status == 409
    assert "Aino Virtanen" in warned.text
    assert "Save anyway: the appointments stay" in warned.text
    assert stood == before
    assert saved.address == "/desk/hours?saved=1"
    assert {line.end_minute for line in (await openings(house)).weekly} == {420}
    assert await house.appointment(appointment.id) == appointment
    assert await house.kinds(appointment.id) == ["booked"]
    assert "1 appointment lies outside the hours" in saved.text


async def test_who_booked_between_warning_and_button_is_warned_about_too(house: FaceHouse) -> None:
    await house.books()
    ilmari = await house.staff("ilmari")
    warned = await sends_week(house, ilmari, *every_day("06:00", "07:00"))
    await house.books("Kullervo Kalervonpoika", start=SOON + timedelta(hours=2))

    again = await press_save_anyway(house, ilmari, warned)

    assert again.status == 409
    assert "Kullervo Kalervonpoika" in again.text
    assert {line.end_minute for line in (await openings(house)).weekly} == {1440}


async def test_an_admin_edits_anybodys_and_reads_names_of_the_own_team_alone(house: FaceHouse) -> None:
    await house.books()
    await house.books("Kullervo Kalervonpoika", offering_id=NURSE, adviser_id=LOUHI, start=SOON)
    admin = await house.staff("admin")

    ilmaris, louhis = [
        await sends_week(house, admin, home=f"/admin/people/{who}/hours") for who in (ILMARI, LOUHI)
    ]

    assert (ilmaris.status, louhis.status) == (409, 409)
    assert "Aino Virtanen" in ilmaris.text
    assert "Louhi Pohjola" in louhis.text  # whose it is
    assert "Kullervo" not in louhis.text


async def test_an_admin_is_no_adviser_and_has_no_hours(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    told = [
        (await admin.opens(path)).status
        for path in ("/desk/hours", f"/admin/people/{MORTGAGE}/hours", "/admin/people/x/hours")
    ]

    assert told == [403, 404, 404]


async def test_an_offering_has_hours_of_its_own_until_they_are_emptied(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")
    general = [line for line in (await openings(house)).weekly if line.offering_id is None]

    page = await sends_week(house, ilmari, (2, "17:00", "20:00"), offering=str(NURSE))
    own = [line for line in (await openings(house)).weekly if line.offering_id == NURSE]
    kept = [line for line in (await openings(house)).weekly if line.offering_id is None]
    await sends_week(house, ilmari, offering=str(NURSE))

    assert f"offering={NURSE}" in page.address
    assert "17:00–20:00" in page.text
    assert [(line.weekday, line.start_minute) for line in own] == [(2, 1020)]
    assert kept == general
    assert list((await openings(house)).weekly) == general


async def test_hours_of_what_somebody_else_offers_are_not_taken(house: FaceHouse) -> None:
    louhi = await house.staff("louhi")

    page = await sends_week(house, louhi, (2, "17:00", "20:00"), offering=str(MORTGAGE))

    assert page.status == 404
    assert all(line.offering_id is None for line in (await openings(house, LOUHI)).weekly)


async def test_a_day_gets_hours_of_its_own_and_loses_them_again(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")

    saved = await fills(ilmari, "/desk/hours/days", day="2026-12-01", start="10:00", end="12:00")
    (kept,) = (await openings(house)).days
    gone = await ilmari.removes(saved, "/desk/hours/days/remove")

    assert "Tuesday 1 December 2026" in saved.text
    assert (kept.day.isoformat(), kept.stretches) == ("2026-12-01", ((600, 720),))
    assert "Tuesday 1 December 2026" not in gone.text
    assert list((await openings(house)).days) == []


async def test_a_day_without_anybody_is_kept_and_warns(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari = await house.staff("ilmari")
    day = appointment.span.start.date().isoformat()

    warned = await fills(ilmari, "/desk/hours/days", day=day, away="1")
    saved = await press_save_anyway(house, ilmari, warned)

    assert (warned.status, "Aino Virtanen" in warned.text) == (409, True)
    assert "Not there this day" in saved.text
    assert [line.stretches for line in (await openings(house)).days] == [()]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"day": ""}, "Choose a day."),
        ({"day": "2026-02-30"}, "Choose a day."),
        ({"day": "2026-11-22", "away": "1"}, "This day has passed."),
        ({"day": "2026-12-01"}, "Write the hours of the day"),
        ({"day": "2026-12-01", "start": "12:00", "end": "11:00"}, "The end comes after the start."),
    ],
)
async def test_a_day_that_makes_no_sense_is_told_beside_its_field(
    house: FaceHouse, values: dict[str, str], says: str
) -> None:
    ilmari = await house.staff("ilmari")

    refused = await fills(ilmari, "/desk/hours/days", **values)

    assert (refused.status, says in refused.text) == (422, True)
    assert list((await openings(house)).days) == []


@pytest.mark.parametrize(
    ("values", "span", "reads"),
    [
        (
            {"first": "2026-12-01"},
            ("2026-11-30T22:00", "2026-12-01T22:00"),
            "Tuesday 1 December 2026",
        ),
        (
            {"first": "2026-12-01", "last": "2026-12-03"},
            ("2026-11-30T22:00", "2026-12-03T22:00"),
            "Tuesday 1 December 2026 – Thursday 3 December 2026",
        ),
        (
            {"first": "2026-12-01", "start": "10:00", "end": "12:30"},
            ("2026-12-01T08:00", "2026-12-01T10:30"),
            "Tuesday 1 December 2026, 10:00–12:30",
        ),
        (
            {"first": "2026-12-01", "last": "2026-12-02", "start": "15:00"},
            ("2026-12-01T13:00", "2026-12-02T22:00"),
            "Tuesday 1 December 2026 at 15:00 – Thursday 3 December 2026 at 0:00",
        ),
        (
            {"first": "2027-03-28"},
            ("2027-03-27T22:00", "2027-03-28T21:00"),
            "Sunday 28 March 2027",
        ),
    ],
)
async def test_time_off_is_days_or_hours_and_can_be_taken_back(
    house: FaceHouse, values: dict[str, str], span: tuple[str, str], reads: str
) -> None:
    ilmari = await house.staff("ilmari")

    saved = await fills(ilmari, "/desk/hours/time-off", note="Hiihtoloma", **values)
    (kept,) = (await openings(house)).closures
    gone = await ilmari.removes(saved, "/desk/hours/time-off/remove")

    assert tuple(moment.strftime("%Y-%m-%dT%H:%M") for moment in (kept.span.start, kept.span.end)) == span
    assert (kept.adviser_id, kept.name) == (ILMARI, "Hiihtoloma")
    assert reads in saved.text
    assert "Hiihtoloma" not in gone.text
    assert list((await openings(house)).closures) == []


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"first": ""}, "Choose a day."),
        ({"first": "2026-12-02", "last": "2026-12-01"}, "The end comes after the start, and within a year."),
        ({"first": "2026-12-02", "last": "2028-12-01"}, "The end comes after the start, and within a year."),
        ({"first": "2026-11-02"}, "This day has passed."),
        ({"first": "2026-12-02", "start": "9:01"}, "Times are on five minutes"),
        ({"first": "2026-12-02", "start": "late"}, "Write both times"),
    ],
)
async def test_time_off_that_makes_no_sense_is_told_beside_its_field(
    house: FaceHouse, values: dict[str, str], says: str
) -> None:
    ilmari = await house.staff("ilmari")

    refused = await fills(ilmari, "/desk/hours/time-off", **values)

    assert (refused.status, says in refused.text) == (422, True)
    assert list((await openings(house)).closures) == []


async def test_time_off_of_another_is_not_removed(house: FaceHouse) -> None:
    ilmari, louhi = await house.staff("ilmari"), await house.staff("louhi")
    await fills(ilmari, "/desk/hours/time-off", first="2026-12-01")
    (kept,) = (await openings(house)).closures

    refused = await fills(louhi, "/desk/hours/time-off/remove", closure_id=str(kept.id))

    assert refused.status == 404
    assert list((await openings(house)).closures) == [kept]


@pytest.mark.parametrize(
    "fields",
    [{"weekday": "7", "start": "08:00", "end": "09:00"}, {"weekday": "x"}, {"accepted": "not-an-id"}],
)
async def test_what_no_page_sends_is_refused(house: FaceHouse, fields: dict[str, str]) -> None:
    ilmari, before = await house.staff("ilmari"), await openings(house)
    csrf = (await ilmari.opens("/desk/hours")).forms()[0]["csrf"]

    refused = await ilmari.posts("/desk/hours", {"csrf": csrf, **fields})

    assert refused.status == 422
    assert await openings(house) == before


async def fills(browser: Browser, path: str, **values: str) -> Page:
    """Send a form with just these fields filled in."""
    csrf = (await browser.opens("/desk/hours")).forms()[0]["csrf"]
    return await browser.posts(path, {"csrf": csrf, **values})


async def press_save_anyway(house: FaceHouse, browser: Browser, warned: Page) -> Page:
    """Press "Save anyway": send every hidden field of the warning again, doubled names too."""
    assert warned.status == 409, warned.text
    found = FIELDS.findall(warned.text.split('class="actions"')[0].rsplit("<form", 1)[1])
    path = ACTION.findall(warned.text)[-1]
    async with browser.client.post(
        f"{house.origin}{path}", data=found, headers={"Origin": house.origin, "Accept-Language": "en"}
    ) as answer:
        return Page(answer.status, str(answer.url.relative()), await answer.text())


async def test_an_adviser_chooses_a_clock_and_new_hours_are_of_it_too(house: FaceHouse) -> None:
    louhi = await house.staff("louhi")

    shown = await louhi.sends(await louhi.opens("/desk/profile"), "/desk/hours/zone", zone="America/New_York")
    moved = await openings(house, LOUHI)
    await sends_week(house, louhi, (0, "08:00", "12:00"))
    await fills(louhi, "/desk/hours/days", day="2026-12-01", start="10:00", end="12:00")

    after = await openings(house, LOUHI)
    assert "America/New_York" in shown.text
    assert {line.zone for line in moved.weekly} == {"America/New_York"}
    assert [line.zone for line in after.weekly] == ["America/New_York"]
    assert [line.zone for line in after.days] == ["America/New_York"]
    assert 'value="America/New_York" selected' in (await louhi.opens("/desk/profile")).text


async def test_an_admin_chooses_it_for_an_adviser_and_is_asked_about_appointments(house: FaceHouse) -> None:
    await house.books()
    admin, person = await house.staff("admin"), f"/admin/people/{ILMARI}"
    await sends_week(house, admin, *every_day("12:00", "15:00"), home=f"{person}/hours")

    warned = await admin.sends(await admin.opens(person), f"{person}/hours/zone", zone="Pacific/Honolulu")
    unknown = await admin.sends(await admin.opens(person), f"{person}/hours/zone", zone="Pohjola/Kalevala")

    assert (warned.status, unknown.status) == (409, 422)
    assert "Aino Virtanen" in warned.text
    assert {line.zone for line in (await openings(house)).weekly} == {"Europe/Helsinki"}

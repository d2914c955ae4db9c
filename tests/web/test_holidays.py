"""The admin chooses which Finnish holidays are closed, and closes days of the house's own."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from booking.closure import Closure
from booking.find_slots import find_slots
from server.demo_data import MORTGAGE, NURSE
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page
from tests.web.test_hours import press_save_anyway
from web.finnish_holidays import finnish_holidays

CHRISTMAS_EVE, MIDSUMMER_EVE = "2026-12-24", "2027-06-25"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def chooses(house: FaceHouse, admin: Browser, *days: str) -> Page:
    csrf = (await admin.opens("/admin/holidays")).forms()[0]["csrf"]
    async with admin.client.post(
        f"{house.origin}/admin/holidays",
        data=[("csrf", csrf), *(("closed", day) for day in days)],
        headers={"Origin": house.origin, "Accept-Language": "en"},
    ) as answer:
        return Page(answer.status, str(answer.url.relative()), await answer.text())


async def closes(admin: Browser, day: str, name: str) -> Page:
    csrf = (await admin.opens("/admin/holidays")).forms()[0]["csrf"]
    return await admin.posts("/admin/holidays/own", {"csrf": csrf, "day": day, "name": name})


async def closed(house: FaceHouse) -> list[Closure]:
    async with house.units.read() as unit:
        return list(await unit.hours.closed_for_all(since=house.now))


async def test_two_years_of_holidays_are_offered_open_at_first(house: FaceHouse) -> None:
    page = await (await house.staff("admin")).opens("/admin/holidays")

    assert page.status == 200
    assert page.text.count('name="closed"') == 30
    assert " checked" not in page.text
    assert "Christmas Eve" in page.text
    assert "Friday 25 June 2027" in page.text
    assert "2026-06-19" not in page.text  # this year's Midsummer is over


async def test_a_chosen_holiday_is_closed_from_midnight_to_midnight_and_opened_again(
    house: FaceHouse,
) -> None:
    admin = await house.staff("admin")

    saved = await chooses(house, admin, CHRISTMAS_EVE, MIDSUMMER_EVE)
    found = await closed(house)
    await chooses(house, admin, MIDSUMMER_EVE)

    assert saved.address == "/admin/holidays?saved=1"
    assert f'value="{CHRISTMAS_EVE}" checked' in saved.text
    assert [(one.span.start, one.span.end, one.name) for one in found] == [
        (
            datetime(2026, 12, 23, 22, tzinfo=UTC),
            datetime(2026, 12, 24, 22, tzinfo=UTC),
            "Jouluaatto",
        ),
        (datetime(2027, 6, 24, 21, tzinfo=UTC), datetime(2027, 6, 25, 21, tzinfo=UTC), "Juhannusaatto"),
    ]
    assert [one.name for one in await closed(house)] == ["Juhannusaatto"]


async def test_saving_twice_closes_once(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    await chooses(house, admin, CHRISTMAS_EVE)
    await chooses(house, admin, CHRISTMAS_EVE)

    assert len(await closed(house)) == 1


async def test_nothing_is_offered_on_a_closed_day(house: FaceHouse) -> None:
    admin = await house.staff("admin")
    await closes(admin, "2026-11-24", "Muutto")

    async with house.units.read() as unit:
        (day,) = await unit.hours.closed_for_all(since=house.now)
        for offering_id in (MORTGAGE, NURSE):
            offering = await unit.offerings.get(offering_id)
            assert list(await find_slots(unit, offering, day.span, now=house.now)) == []


async def test_an_own_day_is_closed_by_name_and_opened_again(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    saved = await closes(admin, "2026-12-23", "Muutto uusiin tiloihin")
    again = await closes(admin, "2026-12-23", "Toinen")
    await chooses(house, admin)  # the holidays' form leaves it alone
    kept = await closed(house)
    gone = await admin.removes(saved, "/admin/holidays/own/remove")

    assert "Wednesday 23 December 2026" in saved.text
    assert (again.status, "This day is closed already." in again.text) == (422, True)
    assert [one.name for one in kept] == ["Muutto uusiin tiloihin"]
    assert "Muutto" not in gone.text
    assert await closed(house) == []


@pytest.mark.parametrize(
    ("day", "name", "says"),
    [
        ("", "Muutto", "Choose a day."),
        ("2026-12-23", "", "Write a name"),
        ("2026-12-23", "x" * 101, "Write a name"),
        ("2026-11-22", "Muutto", "This day has passed."),
        ("9999-12-31", "Muutto", "Choose a day."),
    ],
)
async def test_a_day_that_makes_no_sense_is_told_beside_its_field(
    house: FaceHouse, day: str, name: str, says: str
) -> None:
    page = await closes(await house.staff("admin"), day, name)

    assert (page.status, says in page.text) == (422, True)
    assert await closed(house) == []


async def test_appointments_on_the_day_are_shown_first_and_stay(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    admin = await house.staff("admin")

    warned = await closes(admin, appointment.span.start.date().isoformat(), "Muutto")
    before = await closed(house)
    saved = await press_save_anyway(house, admin, warned)

    assert (warned.status, before) == (409, [])
    assert "Aino Virtanen" in warned.text
    assert saved.address == "/admin/holidays?saved=1"
    assert [one.name for one in await closed(house)] == ["Muutto"]
    assert await house.appointment(appointment.id) == appointment
    assert await house.kinds(appointment.id) == ["booked"]


async def test_why_names_the_holiday_in_the_readers_language(house: FaceHouse) -> None:
    house.now = datetime(2026, 12, 20, 10, tzinfo=UTC)
    admin = await house.staff("admin")
    await chooses(house, admin, CHRISTMAS_EVE)

    told = [
        (await admin.opens(f"/admin/why?day={CHRISTMAS_EVE}&lang={language}")).text
        for language in ("fi", "sv", "en")
    ]

    assert [
        name in text for name, text in zip(("Jouluaatto", "Julafton", "Christmas Eve"), told, strict=True)
    ] == [True] * 3


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2027, 3, 26), ("Pitkäperjantai", "Långfredagen", "Good Friday")),
        (date(2027, 6, 25), ("Juhannusaatto", "Midsommarafton", "Midsummer Eve")),
        (date(2028, 12, 6), ("Itsenäisyyspäivä", "Självständighetsdagen", "Independence Day")),
    ],
)
def test_holidays_are_named_in_three_languages(day: date, names: tuple[str, str, str]) -> None:
    found = tuple(finnish_holidays(day.year, language)[day] for language in ("fi", "sv", "en"))

    assert found == names

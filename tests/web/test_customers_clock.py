"""Times on the customer's own clock: chosen, remembered, booked by, and in the nights when clocks turn."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from server.database.offerings import offerings
from server.demo_data import ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Page
from web.format import Reader
from web.moments import moment_json
from web.reader_zone import OFFERED, city_of

SLOTS = f"/book/{MORTGAGE}?adviser={ILMARI}"
AINO = {"name": "Aino Virtanen", "email": "aino@example.com", "phone": "", "language": "en"}
HELSINKI, STOCKHOLM = ZoneInfo("Europe/Helsinki"), ZoneInfo("Europe/Stockholm")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def test_a_chosen_zone_is_remembered_and_goes_into_the_appointment_and_its_pages(
    house: FaceHouse,
) -> None:
    aino = house.browser()

    slots = await aino.opens(f"{SLOTS}&zone=Europe/Stockholm")
    again = await aino.opens(SLOTS)
    form = await aino.sends(again, SLOTS.replace("?", "/hold?"), start=moment_json(SOON))
    mine = await aino.sends(form, form.address, **AINO)
    booked = (await house.booked())[0]

    assert button(slots, SOON) == button(again, SOON) == "12:00"
    assert "Times are those of Stockholm" in slots.text
    for page in (form, mine):
        assert "12:00–12:45" in page.text
        assert "(time zone: Stockholm)" in page.text
    assert (booked.zone, booked.wall_start) == ("Europe/Stockholm", "2026-11-23T12:00")


async def test_without_a_choice_times_are_the_offerings_and_no_zone_is_named(house: FaceHouse) -> None:
    aino = house.browser()

    page = await aino.opens(SLOTS)
    form = await aino.sends(page, SLOTS.replace("?", "/hold?"), start=moment_json(SOON))

    assert button(page, SOON) == "13:00"
    assert "time zone:" not in form.text


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "../../etc/passwd", "x" * 5000, "%00"])
async def test_a_zone_that_there_is_not_changes_nothing(house: FaceHouse, zone: str) -> None:
    page = await house.browser().opens(f"{SLOTS}&zone={zone}")

    assert page.status in (200, 400, 414, 422)
    assert "Set-Cookie" not in page.headers or "zone" not in page.headers["Set-Cookie"]


async def test_the_hour_that_comes_twice_has_its_times_twice_with_their_offsets(house: FaceHouse) -> None:
    house.now = datetime(2026, 10, 24, 9, tzinfo=UTC)

    page = await house.browser().opens(SLOTS)

    assert button(page, datetime(2026, 10, 25, 0, 15, tzinfo=UTC)) == "3:15 (UTC+3)"
    assert button(page, datetime(2026, 10, 25, 1, 15, tzinfo=UTC)) == "3:15 (UTC+2)"
    assert button(page, datetime(2026, 10, 25, 2, 15, tzinfo=UTC)) == "4:15"


async def test_the_hour_that_is_skipped_has_no_times(house: FaceHouse) -> None:
    house.now = datetime(2027, 3, 27, 9, tzinfo=UTC)

    page = await house.browser().opens(SLOTS)

    night = [shown for start, shown in buttons(page) if start.startswith("2027-03-28T0")]
    assert "2:45" in night
    assert "4:00" in night
    assert [shown for shown in night if shown.startswith("3:")] == []


async def test_a_booking_in_the_second_of_two_like_hours_is_shown_with_its_offset(house: FaceHouse) -> None:
    house.now, second = datetime(2026, 10, 24, 9, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    aino = house.browser()

    form = await aino.sends(await aino.opens(SLOTS), SLOTS.replace("?", "/hold?"), start=moment_json(second))
    mine = await aino.sends(form, form.address, **AINO)

    assert "3:15 (UTC+2)–4:00" in mine.text


async def test_weekends_alone_are_shown_when_asked_for(house: FaceHouse) -> None:
    page = await house.browser().opens(f"{SLOTS}&weekends=1")

    starts = {datetime.fromisoformat(start).astimezone(HELSINKI).weekday() for start, _ in buttons(page)}
    assert starts == {5, 6}


async def test_a_language_leaves_those_who_speak_it(house: FaceHouse) -> None:
    aino = house.browser()
    asked = f"/book/{MORTGAGE}?language=sv"  # Ainikki speaks none

    english = await aino.opens(f"/book/{NURSE}?language=en")
    form = await aino.sends(
        await aino.opens(asked), asked.replace("?", "/hold?"), start=moment_json(SOON + timedelta(days=1))
    )
    own = await aino.opens(f"/book/{NURSE}?adviser={LOUHI}")

    assert "Ilmari Seppä" in form.text
    assert len(buttons(english)) > len(buttons(own)) > 0


async def test_front_page_counts_the_days_and_hides_what_is_closed(house: FaceHouse) -> None:
    async with house.engines.writing.begin() as connection:
        notice = {"notice": timedelta(days=6)}
        await connection.execute(update(offerings).where(offerings.c.id == MORTGAGE).values(**notice))
        await connection.execute(update(offerings).where(offerings.c.id == NURSE).values(is_open=False))

    page = await house.browser().opens("/")

    assert ">In 6 days</strong>" in page.text
    assert str(NURSE) not in page.text


async def test_front_page_says_whom_to_call_when_nothing_is_free(house: FaceHouse) -> None:
    minute = timedelta(minutes=1)
    async with house.engines.writing.begin() as connection:
        await connection.execute(update(offerings).values(notice=minute, horizon=minute))

    page = await house.browser().opens("/")

    assert "No time is free just now." in page.text


def test_every_zone_of_the_chooser_has_a_city_in_three_languages() -> None:
    assert {city_of(name, language) for name in OFFERED for language in ("fi", "sv", "en")}
    assert city_of("Europe/Stockholm", "fi") == "Tukholma"


def test_a_reader_away_from_home_is_told_the_zone() -> None:
    away = Reader("fi", STOCKHOLM, home=HELSINKI)

    assert away.span(SOON, SOON + timedelta(minutes=45)).endswith("klo 12.00–12.45 (aikavyöhyke: Tukholma)")
    assert Reader("fi", HELSINKI, home=HELSINKI).moment(SOON).endswith("klo 13.00")


def buttons(page: Page) -> list[tuple[str, str]]:
    return re.findall(r'<button class="button" name="start" value="([^"]+)">([^<]+)</button>', page.text)


def button(page: Page, start: datetime) -> str:
    return dict(buttons(page))[moment_json(start)]


@pytest.mark.parametrize("zone", ["localtime", "Factory"])
async def test_what_only_this_machine_knows_is_no_zone(house: FaceHouse, zone: str) -> None:
    aino = house.browser()

    page = await aino.opens(f"/book/{MORTGAGE}?zone={zone}")

    assert "Helsinki" in page.text
    assert f'value="{zone}"' not in page.text

"""Why there is no slot is told on a page, to admins of anybody and to advisers of themselves."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from booking.closure import Closure, ClosureKind
from booking.explain import local_day
from booking.find_slots import find_slots
from server.demo_data import AINIKKI, ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import FaceHouse, face_house
from web.day_bars import day_bars, day_ticks

HELSINKI = ZoneInfo("Europe/Helsinki")
TUESDAY = date(2026, 11, 24)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def closes(house: FaceHouse, name: str, kind: ClosureKind = ClosureKind.HOLIDAY) -> None:
    async with house.units.write() as unit:
        await unit.hours.close(Closure(id=uuid4(), kind=kind, span=local_day(TUESDAY, HELSINKI), name=name))


async def test_page_counts_what_is_offered(house: FaceHouse) -> None:
    admin = await house.staff("admin")
    async with house.units.read() as unit:
        offering = await unit.offerings.get(MORTGAGE)
        slots = list(await find_slots(unit, offering, local_day(TUESDAY, HELSINKI), now=house.now))
    ilmaris = sum(slot.adviser_id == ILMARI for slot in slots)

    page = await admin.opens(f"/admin/why?offering={MORTGAGE}&adviser={ILMARI}&day={TUESDAY}")

    assert page.status == 200
    assert f"{ilmaris} times can be booked." in page.text
    assert f"<strong>{ilmaris}</strong> not taken" in page.text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (f"offering={MORTGAGE}&adviser={AINIKKI}&day=2026-11-28", "There are no hours on this day."),
        (f"offering={MORTGAGE}&adviser={ILMARI}&day=2026-11-20", "The times of this day have passed."),
        (f"offering={MORTGAGE}&adviser={ILMARI}&day=2027-11-20", "times open 28 days ahead."),
        (f"offering={MORTGAGE}&adviser={ILMARI}&day=2026-11-24", "The hours are closed: Sähkökatko."),
    ],
)
async def test_first_stage_that_leaves_nothing_is_said_in_words(
    house: FaceHouse, query: str, says: str
) -> None:
    await closes(house, "Sähkökatko")
    admin = await house.staff("admin")

    page = await admin.opens(f"/admin/why?{query}")

    assert (page.status, says in page.text) == (200, True)


async def test_a_disruption_and_a_holiday_are_named(house: FaceHouse) -> None:
    await closes(house, "Vesivahinko", ClosureKind.DISRUPTION)
    await closes(house, "")
    ilmari = await house.staff("ilmari")

    page = await ilmari.opens(f"/desk/why?day={TUESDAY}")

    assert "disruption (Vesivahinko)" in page.text
    assert "closed day" in page.text


async def test_everybody_is_shown_for_a_week(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    page = await admin.opens(f"/admin/why?offering={MORTGAGE}&span=week")

    assert re.findall(r'<h2 id="of-[^"]*">([^<]*)', page.text) == ["Ainikki Saari", "Ilmari Seppä"]
    assert page.text.count('class="why__day"') == 14


async def test_an_adviser_is_answered_about_themselves_alone(house: FaceHouse) -> None:
    louhi = await house.staff("louhi")

    page = await louhi.opens(f"/desk/why?offering={MORTGAGE}&adviser={ILMARI}")

    assert page.status == 200
    assert "Louhi Pohjola" in page.text
    assert "Ilmari" not in page.text
    assert f'value="{MORTGAGE}"' not in page.text
    assert f'value="{NURSE}"' in page.text


async def test_no_customer_is_named(house: FaceHouse) -> None:
    await house.books()
    ilmari = await house.staff("ilmari")

    page = await ilmari.opens("/desk/why")

    assert "bars__bar--taken" in page.text
    assert "Aino" not in page.text


@pytest.mark.parametrize("query", ["day=x", "day=9999-12-31", "day=0001-01-01", "span=year", "adviser=x"])
async def test_what_makes_no_sense_is_refused(house: FaceHouse, query: str) -> None:
    assert (await (await house.staff("admin")).opens(f"/admin/why?{query}")).status == 422


async def test_an_adviser_who_offers_nothing_has_an_empty_answer(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    page = await admin.opens(f"/admin/why?adviser={uuid4()}")
    louhis = await admin.opens(f"/admin/why?adviser={LOUHI}&offering={MORTGAGE}")

    assert "Nobody meets customers of this offering" in page.text
    assert "Appointment with a nurse" in louhis.text  # what she does offer


@pytest.mark.parametrize(
    ("day", "places"),
    [
        (date(2026, 10, 25), ["0.000%", "28.000%", "52.000%", "76.000%", "100.000%"]),
        (date(2027, 3, 28), ["0.000%", "21.739%", "47.826%", "73.913%", "100.000%"]),
        (date(2026, 11, 24), ["0.000%", "25.000%", "50.000%", "75.000%", "100.000%"]),
    ],
)
def test_hours_stand_where_the_clocks_put_them(day: date, places: list[str]) -> None:
    span = local_day(day, HELSINKI)

    assert [tick.x for tick in day_ticks(day, span, HELSINKI)] == places


def test_bars_are_cut_at_midnight() -> None:
    day = local_day(TUESDAY, HELSINKI)
    around = local_day(TUESDAY - timedelta(days=1), HELSINKI)
    long = type(day)(around.start, datetime(2026, 11, 24, 10, tzinfo=UTC))

    (bar,) = day_bars("taken", [around, long], day)

    assert (bar.x, bar.width) == ("0.000%", "50.000%")

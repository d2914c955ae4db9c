"""The admin's statistics: figures, their intervals, and CSV."""

import csv
import io
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.fact import Actor, Fact, FactKind
from booking.outcome import Outcome
from booking.refill_rate import refill_rate
from booking.time_span import TimeSpan
from server.demo_history import load_history
from tests.web.face_house import FaceHouse, face_house
from web.chart import Rate, chart
from web.csv_text import csv_text


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        async with house.units.write() as unit:
            await load_history(unit, now=house.now)
        yield house


@pytest.mark.parametrize("by", ["offering", "adviser", "week"])
async def test_page_shows_table_chart_period_and_what_was_left_out(house: FaceHouse, by: str) -> None:
    page = await (await house.staff("admin")).opens(f"/admin?by={by}")

    assert page.status == 200
    assert '<svg viewBox="0 0' in page.text
    assert "chart__whisker" in page.text
    assert "Period: Monday 12 October 2026 to Monday 23 November 2026" in page.text
    assert "Left out:" in page.text


async def test_csv_has_the_figures_of_the_page_and_the_api(house: FaceHouse) -> None:
    admin, program = await house.staff("admin"), await house.program("statistics")

    table = await admin.opens("/admin/attendance.csv?by=adviser&from=2026-10-12&to=2026-11-22")
    told = await program.get("/statistics/attendance?by=adviser&from=2026-10-12&to=2026-11-23")

    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert sorted(int(row["due"]) for row in rows) == sorted(row["due"] for row in told.body["rows"])
    assert sum(int(row["no_shows"]) for row in rows) == sum(row["no_shows"] for row in told.body["rows"])
    assert {row["adviser"] for row in rows} <= {"Ilmari Seppä", "Ainikki Saari", "Louhi Pohjola"}


async def test_the_demo_tells_what_became_of_times_that_were_given_up(house: FaceHouse) -> None:
    async with house.units.read() as unit:
        lines = await unit.freed_slots.refillable(TimeSpan(house.now - timedelta(days=42), house.now))
    rate = refill_rate(lines, now=house.now)

    assert rate.n >= 10
    assert 0 < rate.total.refilled < rate.n
    assert rate.total.offers >= rate.total.refilled
    assert sum(row.freed > 0 for row in rate.rows) >= 2


async def test_failures_that_kept_customers_out_are_counted_by_their_names_with_n(house: FaceHouse) -> None:
    async with house.units.write() as unit:
        past = await unit.appointments.within(TimeSpan(house.now - timedelta(days=30), house.now))
        one = next(each for each in past if each.outcome is Outcome.CUSTOMER_NO_SHOW)
        for kind in (FactKind.DOOR_OPENED, FactKind.HINDERED):
            detail = {"failure": "microphone_in_use"} if kind is FactKind.HINDERED else {}
            await unit.facts.append(
                Fact(appointment_id=one.id, at=house.now, kind=kind, by=Actor.CUSTOMER, detail=detail)
            )

    page = await (await house.staff("admin")).opens("/admin")

    row = page.text.partition("Another program uses the microphone</th>")[2].partition("</tr>")[0]
    assert re.search(r"Of [1-9]\d* customers who came to the door", page.text)
    assert re.findall(r">(\d+)<", row)[0] == "1"


async def test_too_few_have_counts_and_no_rate(house: FaceHouse) -> None:
    page = await (await house.staff("admin")).opens("/admin?by=offering&from=2026-11-20&to=2026-11-20")

    assert page.status == 200
    assert "too few to tell a rate (under 10)" in page.text


@pytest.mark.parametrize(
    ("query", "status"),
    [("from=2026-11-20&to=2026-11-19", 422), ("from=1990-01-01&to=2026-01-01", 422), ("by=customer", 422)],
)
async def test_a_period_that_makes_no_sense_is_refused(house: FaceHouse, query: str, status: int) -> None:
    assert (await (await house.staff("admin")).opens(f"/admin?{query}")).status == status


async def test_an_adviser_has_no_right_to_the_statistics(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")

    assert [(await ilmari.opens(path)).status for path in ("/admin", "/admin/attendance.csv")] == [403, 403]


def test_csv_holds_no_formula() -> None:
    text = csv_text(("name", "n"), [("=1+1", 1), ("@cmd", 2), ("-3", -3), ('Aino, "A"', 0)])

    assert text == '\ufeffname,n\r\n\'=1+1,1\r\n\'@cmd,2\r\n\'-3,-3\r\n"Aino, ""A""",0\r\n'


def test_chart_ends_its_axis_above_the_widest_interval() -> None:
    many = Rate(label="a", n=50, rate=0.1, low=0.04, high=0.21)
    few = Rate(label="b", n=3, rate=None, low=None, high=None)

    laid = chart([many, few])

    assert laid.ticks[-1].fraction == pytest.approx(0.3)
    assert laid.bars[0].high is not None
    assert laid.bars[0].high < laid.ticks[-1].x
    assert laid.bars[1].width is None


async def test_a_period_that_makes_no_sense_leaves_the_form_and_six_weeks(house: FaceHouse) -> None:
    page = await (await house.staff("admin")).opens("/admin?from=2026-11-20&to=2026-11-19&by=week")

    assert "a period has 400 days at most" in page.text
    assert "Period: Monday 12 October 2026 to Monday 23 November 2026" in page.text
    assert '<option value="week" selected>' in page.text

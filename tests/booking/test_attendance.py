"""The measures: what is due, what is left out, and when a rate may be told."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from booking.attendance import Attended, By, attendance, wilson
from booking.outcome import Outcome

MONDAY = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # already Tuesday in Helsinki


def line(outcome: Outcome | None, *, start: datetime = MONDAY, lead_days: int = 3) -> Attended:
    return Attended(
        offering_id=UUID(int=1),
        adviser_id=UUID(int=2),
        team_id=None,
        start=start,
        booked_at=start - timedelta(days=lead_days),
        zone="Europe/Helsinki",
        source="web",
        outcome=outcome,
    )


def test_no_show_rate_is_no_shows_of_due_with_its_interval() -> None:
    lines = [line(Outcome.CUSTOMER_NO_SHOW)] * 2 + [line(Outcome.MET)] * 8

    found = attendance(lines, By.OFFERING)

    assert (found.n, found.total.no_shows, found.total.rate) == (10, 2, 0.2)
    assert (found.total.low, found.total.high) == pytest.approx((0.0567, 0.5098), abs=1e-4)


def test_nine_due_are_counted_without_a_rate() -> None:
    found = attendance([line(Outcome.CUSTOMER_NO_SHOW)] * 9, By.OFFERING)

    assert (found.total.due, found.total.no_shows, found.total.rate) == (9, 9, None)


def test_what_is_not_due_is_told_and_never_counted() -> None:
    lines = [line(Outcome.CANCELLED_BY_US), line(Outcome.CANCELLED_BY_CUSTOMER), line(None)]

    found = attendance([*lines, line(Outcome.LATE_CANCELLATION)], By.OFFERING)

    assert found.n == 1
    assert dict(found.excluded) == {
        "cancelled_by_customer": 1,
        "cancelled_by_us": 1,
        "not_closed": 1,
        "drop_in": 0,
    }


@pytest.mark.parametrize(
    ("by", "key"),
    [
        (By.WEEK, "2026-W48"),
        (By.WEEKDAY, "2"),
        (By.HOUR, "00"),
        (By.LEAD, "02-07"),
        (By.SOURCE, "web"),
        (By.TEAM, ""),
    ],
)
def test_rows_are_named_by_the_wall_clock_of_the_appointment(by: By, key: str) -> None:
    assert [row.key for row in attendance([line(Outcome.MET)], by).rows] == [key]


def test_interval_stays_within_nought_and_one() -> None:
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == pytest.approx(1.0)

"""Weekly hours as spans of UTC, also in the nights when Helsinki's clocks turn."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from booking.availability import WeeklyHours, open_spans
from booking.slot import slots_in
from booking.time_span import TimeSpan, cells, joined

ILMARI = UUID(int=7)


def hours(weekday: int, start: str, end: str) -> WeeklyHours:
    return WeeklyHours(
        adviser_id=ILMARI,
        weekday=weekday,
        start_minute=_minute(start),
        end_minute=_minute(end),
        zone="Europe/Helsinki",
    )


def _minute(wall: str) -> int:
    hour, minute = wall.split(":")
    return int(hour) * 60 + int(minute)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def span(start: str, end: str) -> TimeSpan:
    return TimeSpan(utc(start), utc(end))


def test_hours_follow_the_wall_clock_across_a_change_of_offset() -> None:
    monday = [hours(0, "09:00", "10:00")]
    fortnight = span("2026-10-18T00:00", "2026-10-28T00:00")

    assert open_spans(monday, fortnight) == [
        span("2026-10-19T06:00", "2026-10-19T07:00"),
        span("2026-10-26T07:00", "2026-10-26T08:00"),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2027-03-27", 24),
        ("2027-03-28", 23),
        ("2026-10-25", 25),
        ("2027-10-31", 25),
    ],
)
def test_day_that_is_open_all_through_has_the_hours_that_the_clocks_leave(day: str, expected: int) -> None:
    local = date.fromisoformat(day)

    found = hours(local.weekday(), "00:00", "24:00").on(local)

    assert found is not None
    assert found.length == timedelta(hours=expected)


def test_hours_inside_the_missing_hour_are_no_hours() -> None:
    assert hours(6, "03:00", "03:30").on(date(2027, 3, 28)) is not None
    starts = [
        each.start
        for each in slots_in(
            open_spans([hours(6, "02:00", "05:00")], span("2027-03-27T00:00", "2027-03-29T00:00")),
            frozenset(),
            length=timedelta(minutes=30),
            step=timedelta(minutes=30),
        )
    ]

    assert starts == [utc(f"2027-03-28T{wall}") for wall in ("00:00", "00:30", "01:00", "01:30")]


def test_open_time_is_joined_over_midnight_and_cut_to_the_question() -> None:
    around = [hours(0, "22:00", "24:00"), hours(1, "00:00", "02:00")]

    assert open_spans(around, span("2026-11-23T20:30", "2026-11-23T23:00")) == [
        span("2026-11-23T20:30", "2026-11-23T23:00")
    ]


def test_slots_start_on_quarters_and_touch_no_taken_cell() -> None:
    open_time = [span("2026-11-23T07:05", "2026-11-23T08:30")]
    taken = frozenset(cells(span("2026-11-23T07:40", "2026-11-23T07:45")))

    found = list(slots_in(open_time, taken, length=timedelta(minutes=20)))

    assert found == [
        span("2026-11-23T07:15", "2026-11-23T07:35"),
        span("2026-11-23T07:45", "2026-11-23T08:05"),
        span("2026-11-23T08:00", "2026-11-23T08:20"),
    ]


def test_back_to_back_spans_do_not_overlap_and_share_no_cell() -> None:
    first, second = span("2026-11-23T07:00", "2026-11-23T07:45"), span("2026-11-23T07:45", "2026-11-23T08:00")

    assert not first.overlaps(second)
    assert set(cells(first)).isdisjoint(cells(second))
    assert joined([second, first]) == [span("2026-11-23T07:00", "2026-11-23T08:00")]


def test_span_refuses_naive_and_local_moments() -> None:
    with pytest.raises(ValueError, match="aware UTC"):
        TimeSpan(datetime(2026, 11, 23, 9), utc("2026-11-23T10:00"))  # noqa: DTZ001 naive on purpose

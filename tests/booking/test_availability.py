"""Weekly hours as spans of UTC, also in the nights when Helsinki's clocks turn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from booking.availability import DayHours, Openings, WeeklyHours
from booking.closure import Closure, ClosureKind
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

    assert Openings(weekly=monday).open_spans(fortnight) == [
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
    around = span(f"{local - timedelta(days=2)}T00:00", f"{local + timedelta(days=2)}T00:00")

    (found,) = Openings(weekly=[hours(local.weekday(), "00:00", "24:00")]).open_spans(around)

    assert found.length == timedelta(hours=expected)


NIGHT = span("2027-03-27T00:00", "2027-03-29T00:00")
"""Helsinki's clocks go from 03:00 to 04:00, at 01:00 UTC on the 28th."""


def starts_of(openings: Openings, within: TimeSpan) -> list[datetime]:
    half = timedelta(minutes=30)
    return [one.start for one in slots_in(openings.open_spans(within), length=half, step=half)]


@pytest.mark.parametrize(("start", "end"), [("03:00", "03:30"), ("03:30", "04:00"), ("03:00", "04:00")])
def test_hours_inside_the_missing_hour_are_no_hours(start: str, end: str) -> None:
    assert Openings(weekly=[hours(6, start, end)]).open_spans(NIGHT) == []


def test_no_slot_starts_in_the_missing_hour() -> None:
    starts = starts_of(Openings(weekly=[hours(6, "02:00", "05:00")]), NIGHT)

    assert starts == [utc(f"2027-03-28T{wall}") for wall in ("00:00", "00:30", "01:00", "01:30")]


def test_the_hour_that_comes_twice_has_its_slots_twice() -> None:
    night = span("2026-10-24T12:00", "2026-10-25T12:00")

    starts = starts_of(Openings(weekly=[hours(6, "03:00", "04:00")]), night)

    assert starts == [utc(f"2026-10-25T{wall}") for wall in ("00:00", "00:30", "01:00", "01:30")]


def day_hours(day: str, *stretches: tuple[str, str], offering_id: UUID | None = None) -> DayHours:
    return DayHours(
        adviser_id=ILMARI,
        day=date.fromisoformat(day),
        stretches=tuple((_minute(start), _minute(end)) for start, end in stretches),
        zone="Europe/Helsinki",
        offering_id=offering_id,
    )


WEEK = span("2026-11-23T00:00", "2026-11-28T00:00")


def test_hours_of_a_day_stand_instead_of_those_of_its_weekday() -> None:
    openings = Openings(
        weekly=[hours(0, "09:00", "16:00"), hours(1, "09:00", "16:00")],
        days=[day_hours("2026-11-23", ("12:00", "13:00"), ("18:00", "19:00")), day_hours("2026-11-24")],
    )

    assert openings.open_spans(WEEK) == [
        span("2026-11-23T10:00", "2026-11-23T11:00"),
        span("2026-11-23T16:00", "2026-11-23T17:00"),
    ]


def test_hours_of_an_offering_stand_instead_of_the_general_ones() -> None:
    own = replace(hours(1, "09:00", "10:00"), offering_id=UUID(int=1))

    openings = Openings(weekly=[hours(0, "09:00", "16:00"), own])

    assert openings.open_spans(WEEK) == [span("2026-11-24T07:00", "2026-11-24T08:00")]


def test_a_days_own_hours_of_an_offering_stand_over_its_general_ones() -> None:
    general = day_hours("2026-11-23")
    own = day_hours("2026-11-23", ("09:00", "10:00"), offering_id=UUID(int=1))

    assert Openings(days=[own, general]).open_spans(WEEK) == [span("2026-11-23T07:00", "2026-11-23T08:00")]


def test_closed_time_is_cut_out_of_the_hours() -> None:
    closed = [
        Closure(id=UUID(int=number), kind=ClosureKind.TIME_OFF, span=one)
        for number, one in enumerate(
            (
                span("2026-11-23T08:00", "2026-11-23T09:00"),
                span("2026-11-23T13:30", "2026-11-24T08:00"),
                span("2026-11-25T00:00", "2026-11-26T00:00"),
            )
        )
    ]
    weekly = [hours(day, "09:00", "16:00") for day in range(3)]

    openings = Openings(weekly=weekly, closures=closed)

    assert openings.open_spans(WEEK) == [
        span("2026-11-23T07:00", "2026-11-23T08:00"),
        span("2026-11-23T09:00", "2026-11-23T13:30"),
        span("2026-11-24T08:00", "2026-11-24T14:00"),
    ]


def test_open_time_is_joined_over_midnight_and_cut_to_the_question() -> None:
    around = [hours(0, "22:00", "24:00"), hours(1, "00:00", "02:00")]

    assert Openings(weekly=around).open_spans(span("2026-11-23T20:30", "2026-11-23T23:00")) == [
        span("2026-11-23T20:30", "2026-11-23T23:00")
    ]


def test_slots_start_on_the_step_and_end_inside_open_time() -> None:
    open_time = [span("2026-11-23T07:05", "2026-11-23T08:00")]

    found = list(slots_in(open_time, length=timedelta(minutes=20), step=timedelta(minutes=15)))

    assert found == [
        span("2026-11-23T07:15", "2026-11-23T07:35"),
        span("2026-11-23T07:30", "2026-11-23T07:50"),
    ]


def test_back_to_back_spans_do_not_overlap_and_share_no_cell() -> None:
    first, second = span("2026-11-23T07:00", "2026-11-23T07:45"), span("2026-11-23T07:45", "2026-11-23T08:00")

    assert not first.overlaps(second)
    assert set(cells(first)).isdisjoint(cells(second))
    assert joined([second, first]) == [span("2026-11-23T07:00", "2026-11-23T08:00")]


def test_span_refuses_naive_and_local_moments() -> None:
    with pytest.raises(ValueError, match="aware UTC"):
        TimeSpan(datetime(2026, 11, 23, 9), utc("2026-11-23T10:00"))  # noqa: DTZ001 naive on purpose

"""Free times grouped for a reader, also in the nights when the clocks turn."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from booking.slot import Slot
from booking.time_span import TimeSpan
from web.moments import heard, moment_json, nearness
from web.pages.slot_list import days, starts, week_of

HELSINKI = ZoneInfo("Europe/Helsinki")
ILMARI, LOUHI = UUID(int=1), UUID(int=2)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HELSINKI).astimezone(UTC)


def slot(start: datetime, who: UUID = ILMARI) -> Slot:
    return Slot(TimeSpan(start, start + timedelta(minutes=15)), who)


def test_a_start_is_shown_once_whoever_is_free_then() -> None:
    assert starts([slot(at(23, 9)), slot(at(23, 9), LOUHI)], HELSINKI, evenings=False) == [at(23, 9)]


def test_evenings_begin_at_four_by_the_clock_on_the_wall() -> None:
    slots = [slot(at(23, 15, 45)), slot(at(23, 16)), slot(at(23, 20))]

    assert starts(slots, HELSINKI, evenings=True) == [at(23, 16), at(23, 20)]


def test_first_few_of_a_day_are_at_hours_when_people_are_up() -> None:
    found = days([at(23, hour) for hour in range(24)], HELSINKI, moment_json)

    assert [choice.start for choice in found[0].few] == [at(23, hour) for hour in range(8, 14)]
    assert [(part.name, len(part.choices)) for part in found[0].parts] == [
        ("Night", 6),
        ("Morning", 5),
        ("Afternoon", 5),
        ("Evening", 8),
    ]


def test_a_day_that_is_shown_whole_has_nothing_more_to_open() -> None:
    found = days([at(23, 9), at(24, 2)], HELSINKI, moment_json)

    assert [(day.day, len(day.few), day.parts) for day in found] == [
        (date(2026, 11, 23), 1, []),
        (date(2026, 11, 24), 1, []),
    ]


def test_a_week_ends_at_midnight_also_when_the_clocks_turn() -> None:
    now = datetime(2026, 10, 20, 12, tzinfo=UTC)

    begin, end = week_of(now, HELSINKI, 0)

    assert (begin.isoformat(), end.isoformat()) == ("2026-10-20T00:00:00+03:00", "2026-10-27T00:00:00+02:00")
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(at(23, 23, 59), "today"), (at(24, 0), "tomorrow"), (at(25, 0), ""), (at(22, 23, 59), "")],
)
def test_today_and_tomorrow_are_days_of_the_wall(moment: datetime, expected: str) -> None:
    assert nearness(moment, at(23, 0, 1), HELSINKI) == expected


@pytest.mark.parametrize("text", ["", "5", "yesterday", "2026-11-23", "2026-11-23T10:00", "9999-99-99T1Z"])
def test_what_is_no_moment_with_an_offset_is_not_heard(text: str) -> None:
    assert heard(text) is None


def test_a_moment_comes_back_as_it_went() -> None:
    assert heard(moment_json(at(23, 9, 15))) == at(23, 9, 15)

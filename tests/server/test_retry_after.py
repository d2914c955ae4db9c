"""Retry-After in seconds or as a date, and never longer than we are willing to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from server.retry_after import wait_asked

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("90", timedelta(seconds=90)),
        ("0", timedelta(0)),
        ("86401", DAY),
        ("9" * 5000, DAY),
        ("Tue, 24 Nov 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Tue, 24 Nov 2026 12:05:00 -0000", timedelta(minutes=5)),
        ("Fri, 27 Nov 2026 12:05:00 GMT", DAY),
        ("Tue, 24 Nov 2026 11:59:59 GMT", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("Tue, 24 Nov 99999 12:05:00 GMT", None),
    ],
)
def test_what_is_asked_is_read_and_kept_within_a_day(text: str, wait: timedelta | None) -> None:
    assert wait_asked(text, most=DAY, now=NOW) == wait


def test_a_date_means_nothing_where_nobody_says_what_time_it_is() -> None:
    assert wait_asked("Tue, 24 Nov 2026 12:05:00 GMT", most=DAY) is None

"""The refill rate counts slots that somebody else met in, by how long before they were freed."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from booking.attendance import wilson
from booking.refill_rate import Refillable, refill_rate
from booking.time_span import TimeSpan
from tests.contracts.world import LENGTH, TEN

OVER = TEN + timedelta(days=1)
KULLERVO = uuid4()
NOBODY: frozenset[UUID] = frozenset()


def freed(hours: float = 30, **values: object) -> Refillable:
    """Return a slot that was given up some hours before its start."""
    given: dict[str, object] = {
        "appointment_id": uuid4(),
        "adviser_id": UUID(int=1),
        "span": TimeSpan(TEN, TEN + LENGTH),
        "freed_at": TEN - timedelta(hours=hours),
        "is_closed": False,
        "offers": 0,
        "booked_by": NOBODY,
        "met_by": NOBODY,
    }
    return Refillable(**(given | values))  # type: ignore[arg-type]  # of the right types above


def refilled(hours: float = 30) -> Refillable:
    return freed(hours, booked_by=frozenset({KULLERVO}), met_by=frozenset({KULLERVO}), offers=2)


@pytest.mark.parametrize(
    ("hours", "key"),
    [
        (1.9, "00-02"),
        (2, "02-24"),
        (23.9, "02-24"),
        (24, "24-72"),
        (71.9, "24-72"),
        (72, "72-"),
        (999, "72-"),
    ],
)
def test_a_slot_is_counted_by_its_hours_of_notice(hours: float, key: str) -> None:
    found = refill_rate([freed(hours)], now=OVER)

    assert {row.key: row.freed for row in found.rows if row.freed} == {key: 1}
    assert [row.key for row in found.rows] == ["00-02", "02-24", "24-72", "72-"]


def test_there_is_a_rate_with_its_interval_from_ten_on() -> None:
    nine = refill_rate([refilled() for _ in range(9)], now=OVER).total
    ten = refill_rate([*(refilled() for _ in range(7)), *(freed() for _ in range(3))], now=OVER).total

    assert (nine.freed, nine.refilled, nine.rate) == (9, 9, None)
    assert (ten.freed, ten.refilled, ten.offers, ten.rate) == (10, 7, 14, 0.7)
    assert (ten.low, ten.high) == wilson(7, 10)


def test_a_slot_that_was_booked_but_where_nobody_met_is_not_refilled() -> None:
    found = refill_rate([freed(booked_by=frozenset({KULLERVO}))], now=OVER).total

    assert (found.freed, found.rebooked, found.refilled) == (1, 1, 0)


def test_what_is_not_over_was_closed_or_taken_back_is_left_out_and_told() -> None:
    aino = uuid4()
    lines = [
        freed(span=TimeSpan(OVER, OVER + LENGTH)),
        freed(is_closed=True),
        freed(appointment_id=aino, booked_by=frozenset({aino})),
        refilled(),
    ]

    found = refill_rate(lines, now=OVER)

    assert found.n == 1
    assert found.excluded == {"not_over": 1, "closed": 1, "taken_back": 1}


def test_who_gives_the_same_slot_up_twice_freed_it_once_and_the_last_time_counts() -> None:
    aino = uuid4()

    found = refill_rate([freed(80, appointment_id=aino), freed(3, appointment_id=aino)], now=OVER)

    assert {row.key: row.freed for row in found.rows if row.freed} == {"02-24": 1}

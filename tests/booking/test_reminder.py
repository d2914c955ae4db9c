"""Which letters are planned, and whether a letter still holds when it is sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from booking.appointment import Appointment, Customer, Status
from booking.letter import LetterDue, LetterKind
from booking.reminder import ReminderPlan, due, leave_by
from booking.still_holds import still_holds
from tests.booking.history import APPOINTMENT, SPAN, START, at

DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)

AINOS = Appointment(
    id=APPOINTMENT,
    offering_id=UUID(int=2),
    adviser_id=UUID(int=3),
    span=SPAN,
    zone="Europe/Helsinki",
    wall_start="2026-11-24T14:00",
    customer=Customer(name="Aino Virtanen", email="aino@example.org"),
    booked_at=START - timedelta(days=7),
    sequence=1,
)


def letter(kind: LetterKind, sequence: int = 1) -> LetterDue:
    return LetterDue(appointment_id=APPOINTMENT, kind=kind, sequence=sequence)


def test_reminders_fall_due_three_days_one_day_and_fifteen_minutes_ahead() -> None:
    planned = ReminderPlan().reminders(AINOS, now=START - timedelta(days=7))

    assert [START - one.due_at for one in planned] == [
        timedelta(days=3),
        timedelta(days=1),
        timedelta(minutes=15),
    ]


def test_reminder_whose_moment_has_passed_is_never_planned() -> None:
    planned = ReminderPlan().reminders(AINOS, now=START - timedelta(days=1))

    assert [one.kind for one in planned] == [LetterKind.FIFTEEN_MINUTES]


@pytest.mark.parametrize(
    ("kind", "sequence", "status", "minutes", "expected"),
    [
        (LetterKind.BOOKED, 1, Status.BOOKED, -60, True),
        (LetterKind.BOOKED, 0, Status.BOOKED, -60, False),
        (LetterKind.ONE_DAY, 1, Status.BOOKED, -60, True),
        (LetterKind.ONE_DAY, 1, Status.CANCELLED, -60, False),
        (LetterKind.FIFTEEN_MINUTES, 1, Status.ARRIVED, 0, False),
        (LetterKind.CANCELLED, 0, Status.CANCELLED, -60, True),
        (LetterKind.CANCELLED, 1, Status.BOOKED, -60, False),
    ],
)
def test_letter_is_held_against_the_live_appointment(
    kind: LetterKind, sequence: int, status: Status, minutes: float, expected: bool
) -> None:
    appointment = replace(AINOS, status=status)

    assert still_holds(letter(kind, sequence), appointment, now=at(minutes)) is expected


@pytest.mark.parametrize(
    ("start", "zone", "kind", "ahead", "expected"),
    [
        # The day before at the same wall time, over the night in which clocks turn.
        ("2026-10-25T10:00+02:00", "Europe/Helsinki", "one_day", DAY, "2026-10-24T10:00+03:00"),
        ("2027-03-28T10:00+03:00", "Europe/Helsinki", "one_day", DAY, "2027-03-27T10:00+02:00"),
        # Out of the night, and still on its day.
        ("2026-11-24T07:30+02:00", "Europe/Helsinki", "one_day", DAY, "2026-11-23T08:00+02:00"),
        ("2026-11-24T22:00+02:00", "Europe/Helsinki", "three_days", 3 * DAY, "2026-11-21T20:55+02:00"),
        ("2026-11-24T14:00+02:00", "America/New_York", "one_day", DAY, "2026-11-23T08:00-05:00"),
        # What cannot wait, and what the morning would be too late for.
        ("2026-11-24T07:30+02:00", "Europe/Helsinki", "fifteen_minutes", QUARTER, "2026-11-24T07:15+02:00"),
        ("2026-11-24T07:30+02:00", "Europe/Helsinki", "one_day", 4 * QUARTER, "2026-11-24T06:30+02:00"),
    ],
)
def test_a_reminder_falls_due_on_its_day_of_the_customers_calendar_and_not_at_night(
    start: str, zone: str, kind: str, ahead: timedelta, expected: str
) -> None:
    found = due(LetterKind(kind), ahead, datetime.fromisoformat(start).astimezone(UTC), zone)

    assert found == datetime.fromisoformat(expected)


def test_a_reminder_is_of_use_until_halfway_to_the_start_and_the_way_in_until_the_start() -> None:
    day_before = START - DAY

    assert leave_by(LetterKind.ONE_DAY, day_before, START) == START - DAY / 2
    assert leave_by(LetterKind.FIFTEEN_MINUTES, START - QUARTER, START) == START


@pytest.mark.parametrize(
    ("email", "phone", "reached_by", "expected"),
    [
        ("a@b.fi", "+358401", "mail", ("mail",)),
        ("a@b.fi", "+358401", "sms", ("sms",)),
        ("a@b.fi", "+358401", "both", ("mail", "sms")),
        ("a@b.fi", "", "sms", ("mail",)),
        ("", "+358401", "mail", ("sms",)),
        ("", "", "both", ()),
    ],
)
def test_customers_are_written_to_as_they_wish_as_far_as_they_can_be(
    email: str, phone: str, reached_by: Any, expected: tuple[str, ...]
) -> None:
    assert Customer(name="Aino", email=email, phone=phone, reached_by=reached_by).channels == expected

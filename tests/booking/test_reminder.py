"""Which letters are planned, and whether a letter still holds when it is sent."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from booking.appointment import Appointment, Customer, Status
from booking.letter import LetterDue, LetterKind
from booking.remind import still_holds
from booking.reminder import ReminderPlan
from tests.booking.history import APPOINTMENT, SPAN, START, at

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
    planned = ReminderPlan().reminders(APPOINTMENT, SPAN, sequence=0, now=START - timedelta(days=7))

    assert [START - one.due_at for one in planned] == [
        timedelta(days=3),
        timedelta(days=1),
        timedelta(minutes=15),
    ]


def test_reminder_whose_moment_has_passed_is_never_planned() -> None:
    planned = ReminderPlan().reminders(APPOINTMENT, SPAN, sequence=0, now=START - timedelta(days=1))

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

"""Whom to call, and when nobody need any more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from booking.appointment import Appointment, Customer, Status
from booking.fact import Actor, Fact, FactKind
from booking.follow_up import Reason, follow_up
from booking.outcome import Outcome
from booking.running_over import running_over
from booking.time_span import TimeSpan
from tests.booking.history import ADVISER, APPOINTMENT, SPAN, SYSTEM, at, booked, fact, late, moved

K = FactKind
LIVE = Appointment(
    id=APPOINTMENT,
    offering_id=UUID(int=2),
    adviser_id=UUID(int=3),
    span=SPAN,
    zone="Europe/Helsinki",
    wall_start="2026-11-24T14:00",
    customer=Customer(name="Aino", email="aino@example.com"),
    booked_at=at(-600),
)
OVER = replace(LIVE, status=Status.CLOSED)


def reason(appointment: Appointment, *facts: Fact) -> Reason | None:
    due = follow_up(appointment, [booked(), *facts])
    return due.reason if due else None


def says(handled: str, minutes: float, face: str | None = None) -> Fact:
    """A customer's answers."""
    return replace(fact(K.FEEDBACK_GIVEN, minutes), detail={"handled": handled, "face": face})


def looks_back(handled: str, minutes: float) -> Fact:
    return replace(fact(K.WRAPPED_UP, minutes, ADVISER), detail={"handled": handled})


CASES: Sequence[tuple[Appointment, Sequence[Fact], Reason]] = (
    (LIVE, [fact(K.CALL_ASKED, -60)], Reason.CALL_ASKED),
    (LIVE, [fact(K.IDENTIFICATION_FAILED, -5)], Reason.STUCK_AT_IDENTIFICATION),
    (LIVE, [fact(K.NOT_REMINDED, -60, SYSTEM)], Reason.NOT_REMINDED),
    (replace(OVER, outcome=Outcome.TECHNICAL_FAILURE), [fact(K.MEDIA_FAILED, 5)], Reason.CONNECTION_FAILED),
    (
        replace(OVER, outcome=Outcome.IDENTIFICATION_FAILED),
        [fact(K.IDENTIFICATION_FAILED, 5)],
        Reason.IDENTIFICATION_FAILED,
    ),
    (replace(OVER, outcome=Outcome.CUSTOMER_NO_SHOW), [fact(K.DISPUTED, 90)], Reason.DISPUTED),
    (replace(OVER, outcome=Outcome.MET), [says("no", 60)], Reason.NOT_HANDLED),
    (LIVE, [looks_back("no", 50)], Reason.NOT_HANDLED),
)


@pytest.mark.parametrize(("appointment", "facts", "expected"), CASES)
def test_each_failure_asks_for_a_call_until_somebody_has_called(
    appointment: Appointment, facts: Sequence[Fact], expected: Reason
) -> None:
    called = fact(K.CALLED_BACK, 120, ADVISER)

    assert reason(appointment, *facts) is expected
    assert reason(appointment, *facts, called) is None


def test_who_was_called_and_still_says_no_is_called_again_only_when_the_other_says_so_too() -> None:
    met, called = replace(OVER, outcome=Outcome.MET), fact(K.CALLED_BACK, 70, ADVISER)
    settled = [says("no", 60), called, says("no", 80, face="bad")]

    assert reason(met, *settled) is None
    assert reason(met, *settled, looks_back("no", 90)) is Reason.NOT_HANDLED


def test_a_call_before_the_failure_settles_nothing() -> None:
    over = replace(OVER, outcome=Outcome.TECHNICAL_FAILURE)
    asked, called = fact(K.CALL_ASKED, -60), fact(K.CALLED_BACK, -50, ADVISER)

    assert reason(over, asked, called, fact(K.MEDIA_FAILED, 5)) is Reason.CONNECTION_FAILED


@pytest.mark.parametrize(
    ("appointment", "facts"),
    [
        (LIVE, [fact(K.NOT_REMINDED, -60, SYSTEM), fact(K.REMINDED, -59, SYSTEM)]),
        (LIVE, [fact(K.NOT_REMINDED, -60, SYSTEM), fact(K.DOOR_OPENED, -5)]),
        (LIVE, [fact(K.NOT_REMINDED, -60, SYSTEM), moved(-50, SPAN)]),
        (LIVE, [fact(K.IDENTIFICATION_FAILED, -5), fact(K.IDENTIFICATION_DONE, -4)]),
        (
            replace(OVER, outcome=Outcome.TECHNICAL_FAILURE),
            [fact(K.MEDIA_FAILED, 5), fact(K.BOOKED_AGAIN, 60)],
        ),
        (replace(OVER, outcome=Outcome.MET), [fact(K.MEDIA_FAILED, 5)]),
        (replace(OVER, outcome=Outcome.MET), [says("no", 60), says("partly", 70)]),
        (replace(OVER, outcome=Outcome.MET), [says("no", 60), fact(K.BOOKED_AGAIN, 70)]),
        (replace(OVER, outcome=Outcome.MET), [says("no", 60), moved(70, SPAN)]),
        (replace(OVER, outcome=Outcome.CUSTOMER_NO_SHOW), [looks_back("no", 50)]),
        (replace(OVER, outcome=Outcome.CUSTOMER_NO_SHOW), [fact(K.NOT_REMINDED, -60, SYSTEM)]),
    ],
)
def test_what_has_come_right_by_itself_asks_for_no_call(
    appointment: Appointment, facts: Sequence[Fact]
) -> None:
    assert reason(appointment, *facts) is None


def test_a_wish_for_a_call_outlives_a_move() -> None:
    assert reason(LIVE, fact(K.CALL_ASKED, -60), moved(-50, SPAN)) is Reason.CALL_ASKED


NEXT = replace(LIVE, id=UUID(int=9), span=TimeSpan(at(45), at(90)))
TALKING = [
    booked(),
    fact(K.ADMITTED, 0, ADVISER),
    fact(K.MEDIA_CONNECTED, 0.1),
    fact(K.MEDIA_CONNECTED, 0.1, ADVISER),
    fact(K.ADVISER_READY, -1, ADVISER),
]


@pytest.mark.parametrize(
    ("minutes", "told", "suggested"),
    [(39, 0, []), (40, 0, [5]), (46, 0, [5]), (46, 5, []), (49, 5, [10]), (52, 10, []), (70, 15, [])],
)
def test_a_meeting_that_runs_into_the_next_suggests_what_has_not_been_told(
    minutes: float, told: int, suggested: list[int]
) -> None:
    theirs = [booked(), *([late(told, minutes - 1)] if told else [])]

    found = running_over([NEXT, LIVE], {LIVE.id: TALKING, NEXT.id: theirs}, now=at(minutes))

    assert [one.minutes for one in found] == suggested


def test_nothing_is_suggested_once_the_meeting_has_ended_or_to_another_advisers_customer() -> None:
    ended = [*TALKING, Fact(appointment_id=APPOINTMENT, at=at(44), kind=K.ENDED, by=Actor.ADVISER)]
    anothers = replace(NEXT, adviser_id=UUID(int=4))
    now = at(46) + timedelta(seconds=1)

    assert running_over([LIVE, NEXT], {LIVE.id: ended}, now=now) == []
    assert running_over([LIVE, anothers], {LIVE.id: TALKING}, now=now) == []

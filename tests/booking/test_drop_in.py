"""Who comes by the queue: what it comes to is never their no-show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.appointment import Appointment
from booking.attendance import Attended, By, attendance
from booking.fact import TIMED, Actor, Fact, FactKind
from booking.leave_queue import GONE_AFTER, has_gone
from booking.outcome import Outcome, decide
from booking.over import is_over
from booking.queue_figures import Queued, queue_figures
from booking.rules import Rules
from booking.source import DROP_IN, is_tag
from booking.waiting_room import FORGOTTEN_AFTER, WaitingCustomer
from tests.booking.history import ADVISER, SPAN, START, SYSTEM, at, booked, fact, moved
from tests.contracts.world import AINO, World
from tests.memory.units import MemoryUnits

K = FactKind
IN_QUEUE = replace(booked(0), detail={**booked().detail, "drop_in": True})
CAME_IN, READY = fact(K.DOOR_OPENED, 0), fact(K.READY, 1)
THERE = fact(K.ADVISER_READY, 2, ADVISER)
MINUTE = timedelta(minutes=1)


def outcome_of(*facts: Fact) -> Outcome:
    return decide([IN_QUEUE, *facts], Rules(), until=at(120))


def test_who_goes_away_before_their_turn_has_let_it_be() -> None:
    assert outcome_of() is Outcome.CANCELLED_BY_CUSTOMER
    assert outcome_of(CAME_IN) is Outcome.CANCELLED_BY_CUSTOMER
    assert outcome_of(CAME_IN, READY, fact(K.LEFT, 3)) is Outcome.CANCELLED_BY_CUSTOMER
    assert outcome_of(CAME_IN, READY, THERE, fact(K.LEFT, 9.9)) is Outcome.CANCELLED_BY_CUSTOMER


def test_who_was_still_there_when_grace_was_over_met_nobody_through_our_doing() -> None:
    assert outcome_of(CAME_IN, READY) is Outcome.ADVISER_ABSENT
    assert outcome_of(CAME_IN, READY, THERE, fact(K.LEFT, 10)) is Outcome.ADVISER_ABSENT


def test_who_is_let_in_and_met_has_met() -> None:
    admitted = fact(K.ADMITTED, 3, ADVISER)
    media = [fact(K.MEDIA_CONNECTED, 3), fact(K.MEDIA_CONNECTED, 3, ADVISER)]

    assert outcome_of(CAME_IN, READY, THERE, admitted, *media) is Outcome.MET
    assert outcome_of(CAME_IN, READY, THERE, admitted) is Outcome.TECHNICAL_FAILURE


def test_an_identification_that_failed_keeps_its_own_number() -> None:
    assert outcome_of(CAME_IN, fact(K.IDENTIFICATION_FAILED, 1)) is Outcome.IDENTIFICATION_FAILED


def test_a_cancellation_from_the_queue_is_never_late() -> None:
    assert outcome_of(fact(K.CANCELLED, 5)) is Outcome.CANCELLED_BY_CUSTOMER
    assert outcome_of(fact(K.CANCELLED, 5, ADVISER)) is Outcome.CANCELLED_BY_US


def test_a_call_that_was_made_is_the_meeting_and_one_that_was_not_is_our_doing() -> None:
    asked = fact(K.CALL_ASKED, 0)

    assert outcome_of(asked) is Outcome.ADVISER_ABSENT
    assert outcome_of(asked, fact(K.CALLED_BACK, 60, ADVISER)) is Outcome.MET_BY_PHONE


def test_who_takes_a_time_after_the_queue_is_judged_by_it() -> None:
    there = fact(K.ADVISER_READY, 2, ADVISER)

    assert decide([IN_QUEUE, moved(0, SPAN), there], Rules(), until=at(120)) is Outcome.CUSTOMER_NO_SHOW


ANY_FACTS = st.lists(
    st.builds(
        fact,
        st.sampled_from([kind for kind in FactKind if kind not in TIMED]),
        st.floats(0, 100),
        st.sampled_from(list(Actor)),
    ),
    max_size=30,
)


@given(ANY_FACTS)
def test_whatever_happens_nobody_from_the_queue_is_a_no_show_or_late(facts: Sequence[Fact]) -> None:
    history = [IN_QUEUE, *sorted(facts, key=lambda one: one.at)]

    outcome = decide(history, Rules(), until=at(120))

    assert outcome not in (Outcome.CUSTOMER_NO_SHOW, Outcome.LATE_CANCELLATION)
    assert decide(list(history), Rules(), until=at(120)) is outcome


def test_once_it_is_ended_it_is_over_at_once() -> None:
    ended = fact(K.ENDED, 1, SYSTEM)

    assert is_over(SPAN, [IN_QUEUE, ended], Rules(), now=at(2))
    assert not is_over(SPAN, [booked(), ended], Rules(), now=at(2))


@pytest.mark.parametrize(
    ("facts", "minutes", "gone"),
    [
        ([], 9.9, False),
        ([], 10, True),
        ([fact(K.READY, 5)], 14, False),
        ([fact(K.READY, 5)], 15, True),
        ([fact(K.ADMITTED, 1, ADVISER)], 60, False),
        ([fact(K.CALL_ASKED, 1)], 60, False),
        ([fact(K.CALL_ASKED, 1), fact(K.CALLED_BACK, 2, ADVISER)], 2, True),
        ([fact(K.ENDED, 1, SYSTEM)], 60, False),
    ],
)
def test_who_is_not_heard_of_has_gone(facts: list[Fact], minutes: float, gone: bool) -> None:
    one = replace(appointment(), source=DROP_IN)

    assert has_gone(one, [IN_QUEUE, *facts], None, now=at(minutes)) is gone
    assert not has_gone(replace(one, source="web"), [IN_QUEUE, *facts], None, now=at(minutes))


def test_who_waits_has_not_gone_until_their_place_is_forgotten() -> None:
    one = replace(appointment(), source=DROP_IN)
    later = START + 2 * GONE_AFTER
    waits = WaitingCustomer(appointment_id=one.id, came_at=START, beat_at=later)

    assert not has_gone(one, [IN_QUEUE], waits, now=later)
    assert has_gone(one, [IN_QUEUE], waits, now=later + FORGOTTEN_AFTER)


def test_the_door_of_the_queue_is_open_from_the_booking_on() -> None:
    ordinary = replace(appointment(), booked_at=START - 60 * MINUTE)
    queued = replace(ordinary, source=DROP_IN)

    assert ordinary.door_opens_at(15 * MINUTE) == START - 15 * MINUTE
    assert queued.door_opens_at(15 * MINUTE) == START - 60 * MINUTE


def test_the_queue_is_not_due_and_counted_apart() -> None:
    one = appointment()
    line = Attended(
        offering_id=one.offering_id,
        adviser_id=one.adviser_id,
        team_id=None,
        start=START,
        booked_at=START,
        zone=one.zone,
        source="web",
        outcome=Outcome.MET,
    )

    found = attendance([line, replace(line, source=DROP_IN)], By.SOURCE)

    assert (found.n, found.excluded["drop_in"]) == (1, 1)


def test_no_link_may_say_that_it_is_the_queue() -> None:
    assert not is_tag(DROP_IN)


def test_time_to_a_human_is_told_from_ten_on_by_the_nearest_rank() -> None:
    lines = [Queued(Outcome.MET, START, START + n * MINUTE) for n in range(1, 11)]
    left = Queued(Outcome.CANCELLED_BY_CUSTOMER, START, None)

    few, enough = queue_figures([*lines[:9], left]), queue_figures([*lines, left])

    assert (few.came, few.met, few.went, few.measured, few.half_within) == (10, 9, 1, 9, None)
    assert (enough.half_within, enough.most_within) == (5 * MINUTE, 10 * MINUTE)


def test_who_was_let_in_before_they_were_ready_waited_for_nothing() -> None:
    assert Queued(Outcome.MET, START, START - MINUTE).waited == timedelta(0)


def appointment() -> Appointment:
    return World(units=MemoryUnits()).appointment(START, customer=AINO)

"""The table of outcomes, row by row, and that it leaves no history without an answer."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.fact import TIMED, Actor, Fact, FactKind, timed
from booking.outcome import Outcome, decide
from booking.rules import Rules
from booking.time_span import TimeSpan
from tests.booking.history import ADMIN, ADVISER, CUSTOMER, SPAN, START, SYSTEM, at, booked, fact, moved

K = FactKind
ILMARI_IS_THERE = fact(K.ADVISER_READY, -2, ADVISER)
CAME_IN = fact(K.DOOR_OPENED, -5)
READY = fact(K.READY, -4)
ADMITTED = fact(K.ADMITTED, 0, ADVISER)


def outcome_of(*facts: Fact, until: float = 120) -> Outcome:
    return decide([booked(), *sorted(facts, key=lambda one: one.at)], Rules(), until=at(until))


def together(start: float, seconds: float) -> tuple[Fact, ...]:
    end = start + seconds / 60
    return (
        fact(K.MEDIA_CONNECTED, start),
        fact(K.MEDIA_CONNECTED, start, ADVISER),
        fact(K.LEFT, end),
        fact(K.LEFT, end, ADVISER),
    )


def test_fifteen_seconds_of_media_both_ways_is_a_meeting() -> None:
    came = (ILMARI_IS_THERE, CAME_IN, READY, ADMITTED)

    assert outcome_of(*came, *together(1, 15)) is Outcome.MET
    assert outcome_of(*came, *together(1, 14)) is Outcome.TECHNICAL_FAILURE


def test_customer_who_comes_late_and_meets_has_met() -> None:
    late = (fact(K.DOOR_OPENED, 12), fact(K.READY, 13), fact(K.ADMITTED, 14, ADVISER))

    assert outcome_of(ILMARI_IS_THERE, *late, *together(14, 600)) is Outcome.MET


def test_customer_who_never_comes_while_the_adviser_waits_is_a_no_show() -> None:
    assert outcome_of(ILMARI_IS_THERE) is Outcome.CUSTOMER_NO_SHOW


def test_customer_who_never_comes_is_no_no_show_when_the_adviser_was_not_there_either() -> None:
    assert outcome_of() is Outcome.ADVISER_ABSENT
    assert outcome_of(fact(K.ADVISER_READY, 11, ADVISER)) is Outcome.ADVISER_ABSENT
    assert outcome_of(fact(K.ADVISER_READY, 10, ADVISER)) is Outcome.CUSTOMER_NO_SHOW


def test_customer_who_waited_and_was_never_admitted_is_the_advisers_absence() -> None:
    assert outcome_of(ILMARI_IS_THERE, CAME_IN, READY) is Outcome.ADVISER_ABSENT


def test_customer_who_left_before_the_start_is_a_no_show() -> None:
    assert outcome_of(ILMARI_IS_THERE, CAME_IN, READY, fact(K.LEFT, -1)) is Outcome.CUSTOMER_NO_SHOW


def test_customer_who_came_after_grace_and_was_not_admitted_is_a_no_show() -> None:
    late = (fact(K.DOOR_OPENED, 30), fact(K.READY, 31))

    assert outcome_of(ILMARI_IS_THERE, *late) is Outcome.CUSTOMER_NO_SHOW


def test_admitted_and_never_present_is_our_failure() -> None:
    assert outcome_of(ILMARI_IS_THERE, CAME_IN, READY, ADMITTED) is Outcome.TECHNICAL_FAILURE


def test_media_that_failed_at_the_door_is_our_failure() -> None:
    assert outcome_of(ILMARI_IS_THERE, CAME_IN, fact(K.MEDIA_FAILED, -3)) is Outcome.TECHNICAL_FAILURE


@pytest.mark.parametrize(
    ("opened", "closed", "expected"),
    [
        (-60, -16, Outcome.CUSTOMER_NO_SHOW),
        (-60, -15, Outcome.TECHNICAL_FAILURE),
        (10, 20, Outcome.TECHNICAL_FAILURE),
        (11, 20, Outcome.CUSTOMER_NO_SHOW),
        (-60, None, Outcome.TECHNICAL_FAILURE),
    ],
)
def test_fault_of_ours_excuses_only_around_the_start(
    opened: float, closed: float | None, expected: Outcome
) -> None:
    facts = [ILMARI_IS_THERE, fact(K.FAULT_OPENED, opened, SYSTEM)]
    if closed is not None:
        facts.append(fact(K.FAULT_CLOSED, closed, SYSTEM))

    assert outcome_of(*facts) is expected


def test_identification_that_failed_or_never_came_back_is_a_number_of_its_own() -> None:
    begun, failed = fact(K.IDENTIFICATION_BEGUN, -4), fact(K.IDENTIFICATION_FAILED, -3)
    done = fact(K.IDENTIFICATION_DONE, -2)

    assert outcome_of(ILMARI_IS_THERE, CAME_IN, begun) is Outcome.IDENTIFICATION_FAILED
    assert outcome_of(ILMARI_IS_THERE, CAME_IN, begun, failed) is Outcome.IDENTIFICATION_FAILED
    assert outcome_of(ILMARI_IS_THERE, CAME_IN, begun, failed, done) is Outcome.CUSTOMER_NO_SHOW


def test_phone_call_counts_as_met_by_phone_even_after_a_failure() -> None:
    called = (CAME_IN, fact(K.MEDIA_FAILED, 1), fact(K.PHONED, 3, ADVISER))

    assert outcome_of(ILMARI_IS_THERE, *called) is Outcome.MET_BY_PHONE


@pytest.mark.parametrize(
    ("minutes", "by", "expected"),
    [
        (-60 * 24, CUSTOMER, Outcome.CANCELLED_BY_CUSTOMER),
        (-60 * 24 + 1, CUSTOMER, Outcome.LATE_CANCELLATION),
        (-60 * 48, ADVISER, Outcome.CANCELLED_BY_US),
        (-5, ADMIN, Outcome.CANCELLED_BY_US),
    ],
)
def test_cancellation_is_judged_by_who_and_when(minutes: float, by: Actor, expected: Outcome) -> None:
    assert outcome_of(fact(K.CANCELLED, minutes, by)) is expected


def test_cancellation_that_was_restored_does_not_count() -> None:
    restored = Fact(
        appointment_id=booked().appointment_id, at=at(-90), kind=K.RESTORED, by=ADMIN, detail=timed(SPAN)
    )

    assert outcome_of(fact(K.CANCELLED, -100), restored, ILMARI_IS_THERE) is Outcome.CUSTOMER_NO_SHOW


def test_move_leaves_what_happened_at_the_old_time_behind() -> None:
    tomorrow = TimeSpan(START + timedelta(days=1), SPAN.end + timedelta(days=1))
    history = [booked(), ILMARI_IS_THERE, moved(-1, tomorrow)]

    assert decide(history, Rules(), until=at(60 * 48)) is Outcome.ADVISER_ABSENT


def test_history_without_a_booking_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with a booking"):
        decide([CAME_IN], Rules(), until=at(120))


ANY_FACTS = st.lists(
    st.builds(
        fact,
        st.sampled_from([kind for kind in FactKind if kind not in TIMED]),
        st.floats(-3000, 100),
        st.sampled_from(list(Actor)),
    ),
    max_size=30,
)


@given(ANY_FACTS)
def test_every_history_has_exactly_one_outcome_and_the_same_one_again(facts: Sequence[Fact]) -> None:
    history = [booked(), *sorted(facts, key=lambda one: one.at)]

    first = decide(history, Rules(), until=at(120))

    assert isinstance(first, Outcome)
    assert decide(list(history), Rules(), until=at(120)) is first


@given(ANY_FACTS)
def test_who_was_ready_in_time_and_not_admitted_is_never_a_no_show(facts: Sequence[Fact]) -> None:
    others = [one for one in facts if one.kind not in (K.ADMITTED, K.ENDED, K.LEFT, K.CANCELLED)]
    kept = [one for one in others if not (one.kind is K.MEDIA_FAILED and one.by is CUSTOMER)]
    history = [booked(), *sorted([*kept, READY], key=lambda one: one.at)]

    assert decide(history, Rules(), until=at(120)) is not Outcome.CUSTOMER_NO_SHOW


def test_a_meeting_of_which_somebody_says_that_it_failed_is_our_failure() -> None:
    met = (ILMARI_IS_THERE, CAME_IN, READY, ADMITTED, *together(1, 600))
    assert outcome_of(*met) is Outcome.MET

    for by in (CUSTOMER, ADVISER):
        assert outcome_of(*met, fact(K.MEETING_FAILED, 12, by)) is Outcome.TECHNICAL_FAILURE


def test_who_meets_after_saying_that_it_failed_has_met() -> None:
    failed = (ILMARI_IS_THERE, CAME_IN, READY, ADMITTED, *together(1, 60), fact(K.MEETING_FAILED, 3))

    assert outcome_of(*failed, *together(5, 14)) is Outcome.TECHNICAL_FAILURE
    assert outcome_of(*failed, *together(5, 15)) is Outcome.MET


def test_who_was_absent_cannot_say_that_it_failed_nor_of_who_never_came() -> None:
    failed = fact(K.MEETING_FAILED, 20, ADVISER)

    assert outcome_of(ILMARI_IS_THERE, failed) is Outcome.CUSTOMER_NO_SHOW
    assert outcome_of(CAME_IN, READY, failed) is Outcome.ADVISER_ABSENT
    assert outcome_of(CAME_IN, READY, fact(K.MEETING_FAILED, 20)) is Outcome.TECHNICAL_FAILURE

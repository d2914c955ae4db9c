"""How it went, counted: the last answers, one customer once, and nothing of fewer than five."""

from booking.fact import Fact, FactKind
from booking.feedback import Face, Feedback, Handled, feedback_figures, feedback_of, told_feedback
from tests.booking.history import ADVISER, APPOINTMENT, CUSTOMER, at, booked


def given(minutes: float = 60, **answers: object) -> Fact:
    detail = told_feedback(Feedback(**answers))  # type: ignore[arg-type]
    kind = FactKind.FEEDBACK_GIVEN
    return Fact(appointment_id=APPOINTMENT, at=at(minutes), kind=kind, by=CUSTOMER, detail=detail)


def wrapped(handled: Handled) -> Fact:
    kind, detail = FactKind.WRAPPED_UP, {"handled": handled.value}
    return Fact(appointment_id=APPOINTMENT, at=at(50), kind=kind, by=ADVISER, detail=detail)


def test_the_last_answers_count_and_those_left_out_are_none() -> None:
    facts = [booked(), given(60, handled=Handled.NO, points=0), given(61, face=Face.GOOD, agrees=False)]

    assert feedback_of(facts[:2]) == Feedback(handled=Handled.NO, points=0)
    assert feedback_of(facts) == Feedback(face=Face.GOOD, agrees=False)
    assert feedback_of(facts[:1]) is None


def test_solved_is_what_both_sides_call_handled() -> None:
    yes, no = [given(handled=Handled.YES)], [given(handled=Handled.PARTLY)]
    meetings = [[wrapped(Handled.YES), *yes]] * 4 + [[wrapped(Handled.YES), *no]] * 2
    meetings += [yes, [wrapped(Handled.YES)], []]

    found = feedback_figures(meetings)

    assert (found.held, found.answered, found.both_said, found.solved) == (9, 7, 6, 4)
    assert found.handled_customer == {Handled.YES: 5, Handled.PARTLY: 2, Handled.NO: 0}
    assert found.handled_adviser == {Handled.YES: 7, Handled.PARTLY: 0, Handled.NO: 0}


def test_of_fewer_than_five_answers_nothing_is_told() -> None:
    answers = [[given(face=Face.BAD, points=points)] for points in (0, 1, 7, 9, 10)]

    few, enough = feedback_figures(answers[:4]), feedback_figures(answers)

    assert (few.faces, few.middle_points, few.solved) == (None, None, None)
    assert (enough.faces or {})[Face.BAD] == 5
    assert enough.middle_points == 7

"""How it went, as both sides say: kept as facts without a word, so that figures can be replayed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import TypeVar

from booking.fact import Actor, Detail, Fact, FactKind, since_timed
from booking.outcome import Outcome

AnswerT = TypeVar("AnswerT", bound=StrEnum)

CHANGEABLE_FOR = timedelta(days=14)
"""So long after the end of the appointment answers and summary may be changed."""

HELD = frozenset({Outcome.MET, Outcome.MET_BY_PHONE})
FEWEST = 5
"""Of fewer answers nothing is told: one could guess whose they are."""

_SIDES = {FactKind.WRAPPED_UP: Actor.ADVISER, FactKind.FEEDBACK_GIVEN: Actor.CUSTOMER}
SAID = frozenset(_SIDES)
MOST_POINTS = 10


class Handled(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Face(StrEnum):
    """Four, so that nobody is in the middle; the best first."""

    GREAT = "great"
    GOOD = "good"
    POOR = "poor"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a customer answers; each may be left out. `agrees` is about the summary as it was shown."""

    handled: Handled | None = None
    face: Face | None = None
    points: int | None = None
    agrees: bool | None = None


def told_feedback(feedback: Feedback) -> Detail:
    """Write it for a fact."""
    return {
        "handled": feedback.handled.value if feedback.handled else None,
        "face": feedback.face.value if feedback.face else None,
        "points": feedback.points,
        "agrees": feedback.agrees,
    }


def feedback_of(facts: Sequence[Fact]) -> Feedback | None:
    """Return the customer's last answers of the present time."""
    given = [fact.detail for fact in since_timed(facts) if fact.kind is FactKind.FEEDBACK_GIVEN]
    if not given:
        return None
    last = given[-1]
    points, agrees = last.get("points"), last.get("agrees")
    return Feedback(
        handled=Handled(str(last["handled"])) if last.get("handled") else None,
        face=Face(str(last["face"])) if last.get("face") else None,
        points=None if points is None else int(points),
        agrees=None if agrees is None else bool(agrees),
    )


def advisers_handled(facts: Sequence[Fact]) -> Handled | None:
    """Return what the adviser said when looking back at it."""
    said = [fact.detail.get("handled") for fact in since_timed(facts) if fact.kind is FactKind.WRAPPED_UP]
    return Handled(str(said[-1])) if said and said[-1] else None


def not_handled(facts: Sequence[Fact]) -> Mapping[Actor, datetime]:
    """Return who says that the matter was not handled, and since when they have said so without a break."""
    since: dict[Actor, datetime] = {}
    for fact in since_timed(facts):
        side = _SIDES.get(fact.kind)
        if side and fact.detail.get("handled") == Handled.NO:
            since.setdefault(side, fact.at)
        elif side:
            since.pop(side, None)
    return since


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackFigures:
    """Of `held` meetings `answered` customers said how it went; what fewer than FEWEST say is None.

    `both_said` have an answer of either side to whether the matter was handled, `solved` two times yes.
    """

    held: int
    answered: int
    faces: Mapping[Face, int] | None
    handled_customer: Mapping[Handled, int] | None
    handled_adviser: Mapping[Handled, int] | None
    both_said: int
    solved: int | None
    points: int
    middle_points: float | None


def feedback_figures(held: Iterable[Sequence[Fact]]) -> FeedbackFigures:
    """Count the facts of kinds in SAID of each meeting that was held; each customer counts once."""
    meetings = list(held)
    answers = [feedback_of(facts) for facts in meetings]
    advisers = [advisers_handled(facts) for facts in meetings]
    given = [one for one in answers if one]
    pairs = [
        (one.handled, other)
        for one, other in zip(answers, advisers, strict=True)
        if one and one.handled and other
    ]
    points = [one.points for one in given if one.points is not None]
    return FeedbackFigures(
        held=len(meetings),
        answered=len(given),
        faces=_counted([one.face for one in given if one.face], Face),
        handled_customer=_counted([one.handled for one in given if one.handled], Handled),
        handled_adviser=_counted([one for one in advisers if one], Handled),
        both_said=len(pairs),
        solved=sum(pair == (Handled.YES, Handled.YES) for pair in pairs) if len(pairs) >= FEWEST else None,
        points=len(points),
        middle_points=float(median(points)) if len(points) >= FEWEST else None,
    )


def _counted(answers: Sequence[AnswerT], every: type[AnswerT]) -> Mapping[AnswerT, int] | None:
    counted = Counter(answers)
    return {one: counted[one] for one in every} if len(answers) >= FEWEST else None

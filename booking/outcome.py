"""What an appointment came to: a pure and total function of its facts and the offering's rules.

The table stands in the project's mission: the first row that fits wins, and a customer's no-show is
what is left when nothing else explains that they did not meet.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from booking.call import call_asked_at
from booking.fact import (
    TIMED,
    Actor,
    Fact,
    FactKind,
    came_by_queue,
    is_at_the_door,
    told_declared,
    told_since,
    told_span,
)
from booking.lateness import begins_at, lateness
from booking.presence import both_present, present, waiting
from booking.rules import Rules
from booking.time_span import TimeSpan

ENOUGH = timedelta(seconds=15)
"""Media both ways for this long makes somebody present."""


class Outcome(StrEnum):
    """The nine things that an appointment can come to."""

    CANCELLED_BY_US = "cancelled_by_us"
    CANCELLED_BY_CUSTOMER = "cancelled_by_customer"
    LATE_CANCELLATION = "late_cancellation"
    MET = "met"
    MET_BY_PHONE = "met_by_phone"
    TECHNICAL_FAILURE = "technical_failure"
    IDENTIFICATION_FAILED = "identification_failed"
    ADVISER_ABSENT = "adviser_absent"
    CUSTOMER_NO_SHOW = "customer_no_show"


def decide(facts: Sequence[Fact], rules: Rules, *, until: datetime) -> Outcome:
    """Say what the history came to; stretches still open at `until` end there.

    Facts older than the last booking, move or restoration belong to a time that was given up, and do
    not count. Raises ValueError when the history tells no time at all.
    """
    cancellation = _standing_cancellation(facts)
    span, history = _last_time(facts)
    is_queue = came_by_queue(history)
    if cancellation:
        came_to = _cancelled(cancellation, span, rules)
        is_late = came_to is Outcome.LATE_CANCELLATION
        return Outcome.CANCELLED_BY_CUSTOMER if is_queue and is_late else came_to
    case = _Case(history, span, rules, until)
    if is_queue:
        return _of_queue(case)
    outcome = next((outcome for outcome, fits in _ROWS if fits(case)), Outcome.CUSTOMER_NO_SHOW)
    if outcome is Outcome.CUSTOMER_NO_SHOW and _is_unheard(history):
        return _before_it(facts[: -len(history)], history[0], span, rules)
    return outcome


def _is_unheard(history: Sequence[Fact]) -> bool:
    """Tell whether the time was set so late that only its customer's yes or coming shows that they knew."""
    answered = any(fact.by is Actor.CUSTOMER or fact.kind is FactKind.CONFIRMED for fact in history[1:])
    return bool(history[0].detail.get("to_confirm")) and not answered


def _before_it(earlier: Sequence[Fact], timed: Fact, span: TimeSpan, rules: Rules) -> Outcome:
    """Return what holds when nobody was told of the last time: what was cancelled before, else our doing."""
    cancellation = _standing_cancellation(earlier)
    if cancellation and timed.kind is FactKind.RESTORED:
        return _cancelled(cancellation, span, rules)
    return Outcome.CANCELLED_BY_US


class _Case:
    """One history with what the rows ask of it."""

    def __init__(self, facts: Sequence[Fact], span: TimeSpan, rules: Rules, until: datetime) -> None:
        self.facts = facts
        self.start = span.start
        self.grace_end = span.start + rules.grace
        self.customers_grace_end = min(begins_at(facts, span.start), span.end) + rules.grace
        self.was_told_late = bool(lateness(facts))
        self.door_at = span.start - rules.door_opens
        self.until = until

    def has(self, *kinds: FactKind) -> bool:
        return any(fact.kind in kinds for fact in self.facts)


def _met(case: _Case) -> bool:
    """Tell whether they met; what was before somebody said that it failed does not count."""
    failed_at = max((fact.at for fact in _said_failed(case)), default=case.facts[0].at)
    spans = both_present(case.facts, until=case.until)
    since = (TimeSpan(max(one.start, failed_at), one.end) for one in spans if one.end > failed_at)
    return _total(since) >= ENOUGH


def _said_failed(case: _Case) -> list[Fact]:
    """Return who said that it failed; who was not there in time cannot, nor anybody of who never came."""
    if not case.has(FactKind.DOOR_OPENED):
        return []
    said = [fact for fact in case.facts if fact.kind is FactKind.MEETING_FAILED]
    return [fact for fact in said if fact.by is Actor.CUSTOMER or not _adviser_absent(case)]


def _by_phone(case: _Case) -> bool:
    return case.has(FactKind.PHONED)


def _technical(case: _Case) -> bool:
    came = case.has(FactKind.DOOR_OPENED)
    return (
        any(_excuses(fault, case) for fault in _faults_around_start(case))
        or bool(_said_failed(case))
        or (came and case.has(FactKind.MEDIA_FAILED))
        or (
            case.has(FactKind.ADMITTED)
            and _total(present(case.facts, Actor.CUSTOMER, until=case.until)) < ENOUGH
        )
        or (_asked_instead(case) and case.has(FactKind.CALLED_BACK))
    )


def _asked_instead(case: _Case) -> bool:
    """Tell whether the customer was about, and asked for a call in place of coming in."""
    return any(
        fact.kind is FactKind.CALL_ASKED and case.door_at <= fact.at <= case.customers_grace_end
        for fact in case.facts
    )


def _waits_for_call(case: _Case) -> bool:
    """Tell whether a customer asked in time to be called, and nobody did: they are not the one who failed."""
    asked_at = call_asked_at(case.facts)
    return asked_at is not None and asked_at <= case.customers_grace_end


def _excuses(fault: Fact, case: _Case) -> bool:
    """Tell whether a fault explains that they did not meet; whoever did not come cannot say so afterwards."""
    is_late = fault.by is Actor.ADVISER and told_declared(fault) >= case.start
    return not (is_late and _adviser_absent(case))


def _faults_around_start(case: _Case) -> list[Fact]:
    """Return the faults of ours that were open between the door's opening and the end of grace.

    Several may be open at once; each is closed by its own. One that is written down late says `since` when.
    """
    opened: dict[object, Fact] = {}
    ended: list[Fact] = []
    for fact in case.facts:
        if fact.kind is FactKind.FAULT_OPENED:
            opened.setdefault(_which_fault(fact), fact)
        elif fact.kind is FactKind.FAULT_CLOSED and fact.at >= case.door_at:
            ended += filter(None, [opened.pop(_which_fault(fact), None)])
        elif fact.kind is FactKind.FAULT_CLOSED:
            opened.pop(_which_fault(fact), None)
    return [fault for fault in (*ended, *opened.values()) if told_since(fault) <= case.grace_end]


def _which_fault(fact: Fact) -> object:
    """Return what a fault's opening and its closing have in common."""
    return fact.detail.get("code"), fact.detail.get("disruption")


def _unidentified(case: _Case) -> bool:
    """Tell whether the customer came in, and their identification did not end well.

    One that was begun and never came back counts too: banks that are down do not send people back.
    """
    last = None
    for fact in case.facts:
        if fact.kind in _IDENTIFICATION and is_at_the_door(fact):
            last = fact.kind
    came = case.has(FactKind.DOOR_OPENED)
    return came and last is not None and last is not FactKind.IDENTIFICATION_DONE


_IDENTIFICATION = frozenset(
    {FactKind.IDENTIFICATION_BEGUN, FactKind.IDENTIFICATION_FAILED, FactKind.IDENTIFICATION_DONE}
)


def _adviser_absent(case: _Case) -> bool:
    in_time = any(fact.kind is FactKind.ADVISER_READY and fact.at <= case.grace_end for fact in case.facts)
    waited = any(
        span.start <= case.customers_grace_end and (span.end >= case.start or case.was_told_late)
        for span in waiting(case.facts, until=case.until)
    )
    return not in_time or (waited and not case.has(FactKind.ADMITTED)) or _waits_for_call(case)


_ROWS: tuple[tuple[Outcome, Callable[[_Case], bool]], ...] = (
    (Outcome.MET, _met),
    (Outcome.MET_BY_PHONE, _by_phone),
    (Outcome.TECHNICAL_FAILURE, _technical),
    (Outcome.IDENTIFICATION_FAILED, _unidentified),
    (Outcome.ADVISER_ABSENT, _adviser_absent),
)


def _of_queue(case: _Case) -> Outcome:
    """Say what came of somebody who came by the queue: never their no-show.

    Who went away before it was their turn has let it be; who was still there when grace was over, or was
    promised a call that nobody made, met nobody through our doing. A call that was made is their meeting.
    """
    if case.has(FactKind.CALLED_BACK) and not _met(case):
        return Outcome.MET_BY_PHONE
    outcome = next((outcome for outcome, fits in _ROWS if fits(case)), Outcome.CUSTOMER_NO_SHOW)
    if outcome not in (Outcome.ADVISER_ABSENT, Outcome.CUSTOMER_NO_SHOW):
        return outcome
    if call_asked_at(case.facts) is not None:
        return Outcome.ADVISER_ABSENT
    return Outcome.ADVISER_ABSENT if _kept_waiting(case) else Outcome.CANCELLED_BY_CUSTOMER


def _kept_waiting(case: _Case) -> bool:
    """Tell whether the customer was still there when grace was over, and was not let in."""
    waited = any(span.end >= case.grace_end for span in waiting(case.facts, until=case.until))
    return waited and not case.has(FactKind.ADMITTED)


def _standing_cancellation(facts: Iterable[Fact]) -> Fact | None:
    last: Fact | None = None
    for fact in facts:
        if fact.kind is FactKind.CANCELLED:
            last = fact
        elif fact.kind is FactKind.RESTORED:
            last = None
    return last


def _cancelled(cancellation: Fact, span: TimeSpan, rules: Rules) -> Outcome:
    if cancellation.by is not Actor.CUSTOMER:
        return Outcome.CANCELLED_BY_US
    if cancellation.at <= span.start - rules.late_limit:
        return Outcome.CANCELLED_BY_CUSTOMER
    return Outcome.LATE_CANCELLATION


def _last_time(facts: Sequence[Fact]) -> tuple[TimeSpan, Sequence[Fact]]:
    for index in range(len(facts) - 1, -1, -1):
        if facts[index].kind in TIMED:
            return told_span(facts[index]), facts[index:]
    raise ValueError("a history begins with a booking")


def _total(spans: Iterable[TimeSpan]) -> timedelta:
    return sum((span.length for span in spans), timedelta(0))

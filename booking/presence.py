"""Who was there and when, read from facts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from booking.fact import TIMED, Actor, Fact, FactKind
from booking.time_span import TimeSpan

_GONE = frozenset({FactKind.LEFT, FactKind.MEDIA_FAILED})


def present(facts: Iterable[Fact], who: Actor, *, until: datetime) -> list[TimeSpan]:
    """Return the stretches in which somebody's media went both ways."""
    return _stretches(facts, who, FactKind.MEDIA_CONNECTED, until)


def waiting(facts: Iterable[Fact], *, until: datetime) -> list[TimeSpan]:
    """Return the stretches in which the customer was in the waiting room or beyond it."""
    return _stretches(facts, Actor.CUSTOMER, FactKind.READY, until)


def both_present(facts: Sequence[Fact], *, until: datetime) -> list[TimeSpan]:
    """Return the stretches in which customer and adviser were present together."""
    customer = present(facts, Actor.CUSTOMER, until=until)
    adviser = present(facts, Actor.ADVISER, until=until)
    return [
        TimeSpan(max(one.start, other.start), min(one.end, other.end))
        for one in customer
        for other in adviser
        if one.overlaps(other)
    ]


def _stretches(facts: Iterable[Fact], who: Actor, begins: FactKind, until: datetime) -> list[TimeSpan]:
    spans: list[TimeSpan] = []
    since: datetime | None = None
    for fact in facts:
        if fact.kind is begins and fact.by is who:
            since = since or fact.at
        elif since and (_ends(fact, who) or _sends_back(fact, who, begins)):
            spans.extend(_span(since, fact.at))
            since = None
    if since:
        spans.extend(_span(since, until))
    return spans


def _ends(fact: Fact, who: Actor) -> bool:
    return fact.kind is FactKind.ENDED or (fact.kind in _GONE and fact.by is who)


def _sends_back(fact: Fact, who: Actor, begins: FactKind) -> bool:
    """Back in the waiting room a customer is present no more, and waits as before."""
    is_at_table = who is Actor.CUSTOMER and begins is FactKind.MEDIA_CONNECTED
    return is_at_table and fact.kind is FactKind.SENT_BACK


def _span(start: datetime, end: datetime) -> list[TimeSpan]:
    return [TimeSpan(start, end)] if start < end else []


def adviser_is_there(facts: Sequence[Fact]) -> bool:
    """Tell whether an adviser has come to the meeting of the present time, and neither left nor ended it."""
    for fact in reversed(facts):
        if fact.kind in TIMED or fact.kind is FactKind.ENDED:
            return False
        if fact.by is Actor.ADVISER and fact.kind in (FactKind.ADVISER_READY, FactKind.LEFT):
            return fact.kind is FactKind.ADVISER_READY
    return False

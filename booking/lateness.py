"""How late an adviser is, as was told; it never counts against the customer."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from booking.fact import TIMED, Actor, Fact, FactKind
from booking.presence import adviser_is_there
from booking.progress import Stage, stage

CHOICES = (5, 10, 15)
"""The minutes that can be told, so that nobody is promised a false exactness."""

LEAST = timedelta(minutes=2)
"""So much an adviser needs at least between two customers."""

NEARLY_OVER = timedelta(minutes=1)


def lateness(facts: Sequence[Fact]) -> timedelta:
    """Return by how much the customer was last told that the adviser is late for the present time."""
    told = [fact for fact in _present(facts) if fact.kind is FactKind.RUNNING_LATE]
    return timedelta(minutes=int(told[0].detail.get("minutes") or 0)) if told else timedelta(0)


def written_lateness(facts: Sequence[Fact]) -> timedelta:
    """Return the most that a letter said: the first one's, or what a person said after it."""
    told = [fact for fact in _present(facts) if fact.kind is FactKind.RUNNING_LATE]
    written = [*told[-1:], *(fact for fact in told if fact.by is not Actor.SYSTEM)]
    return timedelta(minutes=max((int(fact.detail.get("minutes") or 0) for fact in written), default=0))


def begins_at(facts: Sequence[Fact], start: datetime) -> datetime:
    """Return from when a customer's grace counts: when the adviser was ready, or was said to be."""
    ready = [fact.at for fact in _present(facts) if fact.kind is FactKind.ADVISER_READY]
    return max(start + lateness(facts), min(ready, default=start))


def shown_lateness(facts: Sequence[Fact]) -> timedelta:
    """Return the lateness as long as it is true: until the adviser has come."""
    has_come = adviser_is_there(facts) or any(fact.kind is FactKind.ADMITTED for fact in _present(facts))
    return timedelta(0) if has_come else lateness(facts)


def goes_on(facts: Sequence[Fact]) -> bool:
    """Tell whether adviser and customer are in their meeting."""
    return adviser_is_there(facts) and stage(facts) in (Stage.IN_MEETING, Stage.LOST_CONNECTION)


def expected_minutes(start: datetime, *, now: datetime) -> int:
    """Return the least that can be told of an adviser who is still with somebody else."""
    at_least = now + LEAST - start
    return next((one for one in CHOICES if timedelta(minutes=one) >= at_least), CHOICES[-1])


def _present(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts of the present time, the newest first."""
    for fact in reversed(facts):
        if fact.kind in TIMED:
            return
        yield fact

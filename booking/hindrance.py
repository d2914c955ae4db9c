"""What kept customers from coming in, counted from the facts of their ways in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booking.fact import Actor, Fact, FactKind, is_at_the_door

ON_THE_WAY_IN = frozenset(
    {
        FactKind.DOOR_OPENED,
        FactKind.HINDERED,
        FactKind.MEDIA_FAILED,
        FactKind.IDENTIFICATION_FAILED,
        FactKind.ADMITTED,
    }
)
"""The kinds that tell of a way in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """One failure by its name: how many customers met it before they were let in, and how many never were."""

    name: str
    is_identification: bool
    met: int
    kept_out: int


@dataclass(frozen=True, slots=True)
class Hindrances:
    """`n` customers came to the door; the failures, most frequent first."""

    n: int
    rows: Sequence[Hindrance]


def hindrances(ways_in: Iterable[Sequence[Fact]]) -> Hindrances:
    """Count each failure once for each customer who came to the door."""
    met: Counter[tuple[str, bool]] = Counter()
    kept_out: Counter[tuple[str, bool]] = Counter()
    n = 0
    for facts in ways_in:
        if not any(fact.kind is FactKind.DOOR_OPENED for fact in facts):
            continue
        n += 1
        found = _before_admission(facts)
        met.update(found)
        if not any(fact.kind is FactKind.ADMITTED for fact in facts):
            kept_out.update(found)
    rows = [
        Hindrance(
            name=name,
            is_identification=is_identification,
            met=count,
            kept_out=kept_out[name, is_identification],
        )
        for (name, is_identification), count in met.items()
    ]
    return Hindrances(n, sorted(rows, key=lambda row: (-row.met, -row.kept_out, row.name)))


def _before_admission(facts: Sequence[Fact]) -> set[tuple[str, bool]]:
    found: set[tuple[str, bool]] = set()
    for fact in facts:
        if fact.kind is FactKind.ADMITTED:
            break
        if fact.kind is FactKind.IDENTIFICATION_FAILED and is_at_the_door(fact):
            found.add((str(fact.detail.get("reason", "")), True))
        elif fact.by is Actor.CUSTOMER and "failure" in fact.detail:
            found.add((str(fact.detail["failure"]), False))
    return found

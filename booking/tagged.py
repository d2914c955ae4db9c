"""The tags that an adviser ticked when looking back at a meeting: read from the facts, kept nowhere else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from booking.fact import Fact, FactKind, since_timed


@dataclass(frozen=True, slots=True)
class TagCount:
    tag_id: UUID
    meetings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFigures:
    """`n` meetings were looked back at, `tagged` of them with a tag; the tags, most frequent first."""

    n: int
    tagged: int
    rows: Sequence[TagCount]


def tags_told(tags: Iterable[UUID]) -> str:
    """Write them for a fact's detail, which is flat."""
    return ",".join(str(one) for one in tags)


def tags_in(fact: Fact) -> Sequence[UUID]:
    return [UUID(one) for one in str(fact.detail.get("tags") or "").split(",") if one]


def tags_of(facts: Sequence[Fact]) -> Sequence[UUID]:
    """Return an appointment's, since its present time was set."""
    found = [fact for fact in since_timed(facts) if fact.kind is FactKind.WRAPPED_UP]
    return tags_in(found[-1]) if found else ()


def tag_figures(looked_back: Iterable[Fact]) -> TagFigures:
    """Count each meeting once for each of its tags."""
    last = {fact.appointment_id: set(tags_in(fact)) for fact in looked_back}
    counted = Counter(tag for tags in last.values() for tag in tags)
    rows = [TagCount(tag, count) for tag, count in counted.items()]
    return TagFigures(
        n=len(last),
        tagged=sum(bool(tags) for tags in last.values()),
        rows=sorted(rows, key=lambda row: (-row.meetings, str(row.tag_id))),
    )

"""What the staff see of a disruption: whom it touches, in whose language, and what came of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.disruption import Choice, Concerned, Disruption, Scope
from booking.texts import Texts, in_language
from booking.time_span import TimeSpan
from identity.staff import StaffMember
from web.i18n import NAMES
from web.pages.disruption_words import CHOICES, OUTCOMES
from web.ports import Unit

MOST_ROWS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One appointment; `customer` is empty for who may not see it, `state` and `tone` before it is told."""

    span: TimeSpan
    customer: str
    adviser: str
    language: str
    state: str = ""
    tone: str = ""
    moved_to: datetime | None = None
    is_reminded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The words for those of one language; `stands_in` names the language that is used instead."""

    language: str
    count: int
    words: str
    stands_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    rows: Sequence[Row]
    count: int
    readers: Sequence[Reader]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Who it is about, in words: a name, or a kind that the template says."""

    kind: str
    name: str = ""


async def preview(unit: Unit, scope: Scope, span: TimeSpan, texts: Texts, member: StaffMember) -> Preview:
    """Look at whom it would touch; nothing is written."""
    touched = await unit.disruptions.touched(scope, span)
    seen = await _seen(unit, member)
    return Preview(
        rows=[_row(one, one.span, seen) for one in touched[:MOST_ROWS]],
        count=len(touched),
        readers=_readers(touched, texts),
    )


async def shown(unit: Unit, concerned: Sequence[Concerned], member: StaffMember) -> Sequence[Row]:
    """Return a row for each whom it concerns, with what they have done about it."""
    seen = await _seen(unit, member)
    return [_told(one, seen) for one in concerned[:MOST_ROWS]]


def counted(concerned: Sequence[Concerned]) -> Mapping[Choice, int]:
    """Count what they have chosen; each choice has a figure."""
    found = Counter(one.choice for one in concerned)
    return {choice: found[choice] for choice in Choice}


def came_to(concerned: Sequence[Concerned]) -> Sequence[tuple[str, int]]:
    """Count what the appointments came to that have come to something, moved ones by their new time."""
    found = Counter(one.outcome for one in concerned if one.outcome)
    return [(OUTCOMES[outcome], found[outcome]) for outcome in OUTCOMES if found[outcome]]


async def whom(unit: Unit, disruption: Disruption, language: str) -> Whom:
    scope = disruption.scope
    if scope.adviser_id:
        return Whom(kind="adviser", name=(await unit.advisers.get(scope.adviser_id)).name)
    if scope.offering_id:
        return Whom(kind="offering", name=(await unit.offerings.get(scope.offering_id)).name(language))
    return Whom(kind="team" if scope.team_id else "house")


@dataclass(frozen=True, slots=True)
class _Seen:
    """The advisers' names, and those whose customers the reader may know."""

    names: Mapping[UUID, str]
    own: frozenset[UUID]


async def _seen(unit: Unit, member: StaffMember) -> _Seen:
    advisers = await unit.advisers.all()
    own = frozenset(one.id for one in advisers if one.team_id == member.team_id)
    return _Seen({one.id: one.name for one in advisers}, own)


def _row(one: Appointment, span: TimeSpan, seen: _Seen, **told: object) -> Row:
    return Row(
        span=span,
        customer=one.customer.name if one.adviser_id in seen.own else "",
        adviser=seen.names.get(one.adviser_id, ""),
        language=NAMES.get(one.customer.language, one.customer.language),
        **told,  # type: ignore[arg-type]  # of the right types in `_told`
    )


def _told(one: Concerned, seen: _Seen) -> Row:
    choice, outcome = one.choice, one.outcome
    is_new = choice is Choice.MOVED
    return _row(
        one.appointment,
        one.span,
        seen,
        state=OUTCOMES[outcome] if choice is Choice.OVER and outcome else CHOICES[choice],
        tone={Choice.MOVED: "good", Choice.KEPT: "good", Choice.UNANSWERED: "warn"}.get(choice, ""),
        moved_to=one.appointment.span.start if is_new else None,
        is_reminded=one.reminded_at is not None,
    )


def _readers(touched: Sequence[Appointment], texts: Texts) -> Sequence[Reader]:
    counts = Counter(one.customer.language for one in touched)
    first = next(iter(texts), "")
    return [
        Reader(
            language=NAMES.get(language, language),
            count=count,
            words=in_language(texts, language),
            stands_in="" if texts.get(language) else NAMES.get(first, ""),
        )
        for language, count in sorted(counts.items(), key=lambda one: -one[1])
    ]

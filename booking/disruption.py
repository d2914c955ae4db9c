"""A disruption: a stretch of time in which we cannot meet as promised, and those whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from booking.appointment import Appointment, Status
from booking.closure import Closure, ClosureKind
from booking.fact import TIMED, Detail, Fact, FactKind, told
from booking.outcome import Outcome
from booking.texts import Texts, in_language
from booking.time_span import TimeSpan

CODE = "disruption"
"""The code of its faults in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Of whom or of what: one adviser, one team, one offering, or the whole house where none is named."""

    adviser_id: UUID | None = None
    team_id: UUID | None = None
    offering_id: UUID | None = None

    def __post_init__(self) -> None:
        if sum(one is not None for one in (self.adviser_id, self.team_id, self.offering_id)) > 1:
            raise ValueError("a disruption is of one adviser, one team or one offering")

    @property
    def is_house(self) -> bool:
        return self == Scope()

    def concerns(self, *, adviser_id: UUID, team_id: UUID | None, offering_id: UUID) -> bool:
        """Tell whether an appointment with these lies in it."""
        return (
            self.adviser_id in (None, adviser_id)
            and self.offering_id in (None, offering_id)
            and self.team_id in (None, team_id)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """What was declared; `texts` are the words to those concerned, in the language of each.

    With `has_banner` the same words stand on public pages, with `offers_moves` the letter leads to other
    times. `reminder_at` is when the one reminder was asked for, `ended_at` when it was said to be over.
    """

    id: UUID
    scope: Scope
    span: TimeSpan
    texts: Texts
    made_by: UUID
    made_at: datetime
    has_banner: bool = True
    offers_moves: bool = True
    reminder_at: datetime | None = None
    ended_at: datetime | None = None

    def text(self, language: str) -> str:
        return in_language(self.texts, language)

    def stands(self, now: datetime) -> bool:
        """Tell whether it has neither passed nor been ended."""
        return self.ended_at is None and now < self.span.end

    @property
    def fault(self) -> Detail:
        """What its faults say in the history: `since` when it was so, and when it was `declared`."""
        moments = {"since": told(self.span.start), "declared": told(self.made_at)}
        return {"code": CODE, "disruption": str(self.id)} | moments

    def closures(self, adviser_ids: Sequence[UUID]) -> list[Closure]:
        """Return the closed time that keeps everybody from booking into it; a team's is its advisers'."""
        whose = adviser_ids if self.scope.team_id else [self.scope.adviser_id]
        return [
            Closure(
                id=uuid5(self.id, str(adviser_id)),
                kind=ClosureKind.DISRUPTION,
                span=self.span,
                adviser_id=adviser_id,
                offering_id=self.scope.offering_id,
            )
            for adviser_id in whose
        ]


class Choice(StrEnum):
    """What somebody concerned has done about it."""

    UNANSWERED = "unanswered"
    MOVED = "moved"
    KEPT = "kept"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """An appointment that a disruption caught, as it stands now.

    `sequence` and `span` are those that it had then; `told_at` is when the letter about it was put.
    """

    disruption_id: UUID
    appointment: Appointment
    sequence: int
    span: TimeSpan
    told_at: datetime
    reminded_at: datetime | None = None
    released_at: datetime | None = None

    @property
    def choice(self) -> Choice:
        now = self.appointment
        if now.status is Status.CANCELLED:
            return Choice.CANCELLED
        if now.sequence != self.sequence:
            return Choice.MOVED
        if now.status is Status.CLOSED:
            return Choice.OVER
        kept = now.confirmed_at is not None and now.confirmed_at >= self.told_at
        return Choice.KEPT if kept else Choice.UNANSWERED

    @property
    def outcome(self) -> Outcome | None:
        return self.appointment.outcome


def open_disruption(facts: Sequence[Fact]) -> UUID | None:
    """Return the last disruption that was opened over the time that an appointment has, and not closed."""
    standing: dict[str, None] = {}
    for fact in facts:
        if fact.kind in TIMED:
            standing.clear()
        elif fact.detail.get("code") == CODE:
            disruption_id = str(fact.detail.get("disruption"))
            if fact.kind is FactKind.FAULT_OPENED:
                standing[disruption_id] = None
            elif fact.kind is FactKind.FAULT_CLOSED:
                standing.pop(disruption_id, None)
    return UUID(next(reversed(standing))) if standing else None

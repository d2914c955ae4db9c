"""What happened to an appointment: appended once, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from booking.time_span import TimeSpan, require_utc

Detail: TypeAlias = Mapping[str, str | int | float | bool | None]
"""What a fact adds to its kind: codes, moments (ISO 8601) and figures; never personal data."""


class FactKind(StrEnum):
    """The closed list of what can happen."""

    BOOKED = "booked"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    REASSIGNED = "reassigned"
    CONTACT_CHANGED = "contact_changed"
    WAITLISTED = "waitlisted"
    WAITLIST_LEFT = "waitlist_left"
    FREED = "freed"
    OFFERED = "offered"
    OFFER_CLAIMED = "offer_claimed"
    OFFER_DECLINED = "offer_declined"
    OFFER_EXPIRED = "offer_expired"
    REMINDED = "reminded"
    NOT_REMINDED = "not_reminded"
    CODE_MADE = "code_made"
    CONNECTION_TESTED = "connection_tested"
    DOOR_OPENED = "door_opened"
    IDENTIFICATION_BEGUN = "identification_begun"
    IDENTIFICATION_FAILED = "identification_failed"
    IDENTIFICATION_DONE = "identification_done"
    IDENTIFICATION_LOST = "identification_lost"
    HINDERED = "hindered"
    READY = "ready"
    ADVISER_READY = "adviser_ready"
    CLAIMED = "claimed"
    ADMITTED = "admitted"
    SENT_BACK = "sent_back"
    STATED = "stated"
    CALLED_IN = "called_in"
    CONSENTED = "consented"
    NOT_CONSENTED = "not_consented"
    JOINED = "joined"
    GUEST_LEFT = "guest_left"
    HANDED_OVER = "handed_over"
    MEDIA_CONNECTED = "media_connected"
    MEDIA_FAILED = "media_failed"
    DOCUMENT_SHOWN = "document_shown"
    SCREEN_SHARED = "screen_shared"
    SCREEN_ENDED = "screen_ended"
    LEFT = "left"
    ENDED = "ended"
    PHONED = "phoned"
    CALL_ASKED = "call_asked"
    CALLED_BACK = "called_back"
    WAITED_FOR = "waited_for"
    RUNNING_LATE = "running_late"
    BOOKED_AGAIN = "booked_again"
    FAULT_OPENED = "fault_opened"
    FAULT_CLOSED = "fault_closed"
    MEETING_FAILED = "meeting_failed"
    DISPUTED = "disputed"
    WRAPPED_UP = "wrapped_up"
    FEEDBACK_GIVEN = "feedback_given"


class Actor(StrEnum):
    """Who made it happen; a guest is whoever an adviser has called to the table."""

    CUSTOMER = "customer"
    ADVISER = "adviser"
    ADMIN = "admin"
    GUEST = "guest"
    API = "api"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that happened; `seq` counts from 1 within the appointment and is given by the store."""

    appointment_id: UUID
    at: datetime
    kind: FactKind
    by: Actor
    detail: Detail = field(default_factory=dict)
    seq: int = 0

    def __post_init__(self) -> None:
        require_utc(self.at)


TIMED = frozenset({FactKind.BOOKED, FactKind.MOVED, FactKind.RESTORED})
"""The kinds that set an appointment's time, in `detail["start"]` and `detail["end"]`."""


def is_at_the_door(fact: Fact) -> bool:
    """Tell whether an identification's fact is of the way in: at booking or in the meeting it bars nobody."""
    return fact.detail.get("purpose") in (None, "door")


def since_timed(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return what happened since the present time was set, with the fact that set it."""
    last = max((place for place, fact in enumerate(facts) if fact.kind in TIMED), default=0)
    return facts[last:]


def came_by_queue(facts: Sequence[Fact]) -> bool:
    """Tell whether the present time is the one that somebody was given who came without any."""
    present = since_timed(facts)
    return bool(present) and present[0].kind in TIMED and bool(present[0].detail.get("drop_in"))


def timed(span: TimeSpan) -> dict[str, str]:
    """Return the detail that tells an appointment's time."""
    return {"start": told(span.start), "end": told(span.end)}


def told(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC: `2026-11-24T12:00:00Z`."""
    return moment.isoformat().replace("+00:00", "Z")


def told_span(fact: Fact) -> TimeSpan:
    """Read the time back from a fact of a kind in `TIMED`."""
    return TimeSpan(_moment(fact.detail["start"]), _moment(fact.detail["end"]))


def told_since(fact: Fact) -> datetime:
    """Return since when something was so: as the fact says, if that was before it was written down."""
    since = fact.detail.get("since")
    return min(fact.at, _moment(since)) if since is not None else fact.at


def told_declared(fact: Fact) -> datetime:
    """Return when somebody declared what a fact tells, which may be long before it was written down."""
    declared = fact.detail.get("declared")
    return _moment(declared) if declared is not None else fact.at


def _moment(text: object) -> datetime:
    return datetime.fromisoformat(str(text)).astimezone(UTC)

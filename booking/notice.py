"""A notice: one fact for one subscriber, and every try to tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.fact import FactKind

LONGEST_SAID = 200


class Notified(StrEnum):
    """How far a notice has come."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    DELIVERED = "delivered"
    FAILED = "failed"


class Fault(StrEnum):
    """Why a try got no good answer."""

    ANSWER = "answer"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    TARGET_REFUSED = "target_refused"
    REDIRECTED = "redirected"
    GONE = "gone"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The fact that a notice tells, and whose appointment it was in then."""

    appointment_id: UUID
    offering_id: UUID
    adviser_id: UUID
    seq: int
    kind: FactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One event for one subscriber; a notice about nothing is a trial of the line.

    `id` is the same at every try. `next_at` is when to try, or until when whoever claimed it may try.
    """

    id: UUID
    subscriber_id: UUID
    about: About | None
    at: datetime
    state: Notified = Notified.WAITING
    next_at: datetime | None = None
    tries: int = 0
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try: `said` are the words beside the status, and nothing of the answer's body."""

    at: datetime
    milliseconds: int
    status: int | None = None
    fault: Fault | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """A notice with its tries, the first one first."""

    notice: Notice
    attempts: Sequence[Attempt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many notices of a subscriber stand where, as far back as they are kept."""

    waiting: int = 0
    delivered: int = 0
    failed: int = 0
    last_delivered_at: datetime | None = None

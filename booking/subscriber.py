"""A subscriber: another program that is told of facts of the kinds that it asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.fact import FactKind

MOST_SUBSCRIBERS = 20
"""Each fact looks at the list of who wants it, and each of them is told on its own."""

BOTH_SIGN_FOR = timedelta(hours=24)
"""So long after a secret was replaced, notices are signed by the old one too."""


class Format(StrEnum):
    """In which words a subscriber is told."""

    STANDARD = "standard"
    CHAT = "chat"
    TICKET = "ticket"


class State(StrEnum):
    """Whether a subscriber is told: now, later, or not at all."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


class Stopped(StrEnum):
    """Why the house itself stopped telling a subscriber."""

    GONE = "gone"
    FAILING = "failing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Where to tell what; its secrets stay in the store.

    `failing_since` is the first failure after which nothing has arrived; `waits_until` is what its own
    machine asked for.
    """

    id: UUID
    name: str
    address: str
    kinds: frozenset[FactKind]
    made_at: datetime
    secret_made_at: datetime
    format: Format = Format.STANDARD
    language: str = "fi"
    state: State = State.ACTIVE
    stopped: Stopped | None = None
    failing_since: datetime | None = None
    waits_until: datetime | None = None

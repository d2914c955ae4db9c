"""One look at what is a customer's, by somebody of the staff or by a program: who, when, at what, and why."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

SAME_FOR = timedelta(minutes=10)
"""So long a page that is turned, reloaded or asked for by a script is the look that was written."""

START = bytes(32)
"""What stands for the hash before the first."""


class Thing(StrEnum):
    """What was looked at. `log` is this log: who watches is watched."""

    PERSON = "person"
    APPOINTMENT = "appointment"
    DOCUMENT = "document"
    TEXT = "text"
    LOG = "log"


class Viewer(StrEnum):
    STAFF = "staff"
    KEY = "key"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`by` is a member's id or a key's; the operator's commands have none.

    `purpose` is the page or call that asked, by its route; `reason` is what
    somebody typed. `appointment_id` and `person_id` say whose it is, as far as
    the page knew.
    """

    at: datetime
    viewer: Viewer
    by: UUID | None
    thing: Thing
    thing_id: UUID | None
    purpose: str
    reason: str = ""
    appointment_id: UUID | None = None
    person_id: UUID | None = None

    @property
    def is_repeatable(self) -> bool:
        """Tell whether the same within ten minutes is no new look: one with a typed reason always is."""
        return not self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A look in the log; `place` and `hash` come when the chain reaches it, seconds later."""

    number: int
    look: Look
    place: int | None = None
    hash: bytes | None = None


def link(before: bytes, place: int, look: Look) -> bytes:
    """Return the hash that a look has at its place in the chain, over the hash before it and every field."""
    said = [
        place,
        look.at.astimezone(UTC).isoformat(timespec="microseconds"),
        look.viewer.value,
        _text(look.by),
        look.thing.value,
        _text(look.thing_id),
        _text(look.appointment_id),
        _text(look.person_id),
        look.purpose,
        look.reason,
    ]
    return sha256(before + json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def _text(id: UUID | None) -> str:
    return "" if id is None else str(id)

"""A booked slot: who comes when, to whom, and where it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.outcome import Outcome
from booking.time_span import TimeSpan


class Status(StrEnum):
    """Where an appointment stands; what it came to is its outcome."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    CLOSED = "closed"


LIVE = frozenset({Status.BOOKED, Status.ARRIVED})
"""The statuses in which an appointment holds its adviser's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who booked, as they said; the language is a code in which they are written to."""

    name: str
    email: str
    phone: str = ""
    language: str = "fi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A booked slot.

    `zone` and `wall_start` (ISO 8601 without offset) keep what was promised on the wall clock, since the
    rules of zones change. `sequence` counts changes of time (RFC 5546). `confirmed_at` is when the
    customer last said that they are coming.
    """

    id: UUID
    offering_id: UUID
    adviser_id: UUID
    span: TimeSpan
    zone: str
    wall_start: str
    customer: Customer
    booked_at: datetime
    status: Status = Status.BOOKED
    sequence: int = 0
    confirmed_at: datetime | None = None
    source: str = ""
    outcome: Outcome | None = None

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    def door_opens_at(self, door_opens: timedelta) -> datetime:
        return self.span.start - door_opens


def wall_time(moment: datetime, zone: str) -> str:
    """Return the wall time that is promised, ISO 8601 without an offset, to the minute."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")

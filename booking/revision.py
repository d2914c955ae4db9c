"""Which edition of an appointment's calendar entry is the newest, counted in its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.appointment import Appointment
from booking.fact import Fact, FactKind

EDITIONS = frozenset(
    {FactKind.BOOKED, FactKind.MOVED, FactKind.CANCELLED, FactKind.RESTORED, FactKind.REASSIGNED}
)
"""What makes calendars be told anew; a history is only added to, so that the number only rises."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The number is RFC 5545's SEQUENCE, the moment its DTSTAMP."""

    number: int
    at: datetime


def revision_of(appointment: Appointment, history: Sequence[Fact]) -> Revision:
    """Return the newest; an appointment without a history is as it was booked."""
    editions = [fact.at for fact in history if fact.kind in EDITIONS]
    if not editions:
        return Revision(0, appointment.booked_at)
    return Revision(len(editions) - 1, max(editions))

"""A freed slot offered to somebody who waits, and how that ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.slot import Slot
from booking.time_span import TimeSpan

MOST_A_DAY = 3
MOST_COUNTED_OVER = timedelta(days=1)
"""Nobody gets more offers in so long a time, whatever they wait with."""


class OfferState(StrEnum):
    """How an offer stands; all but the first are final."""

    OPEN = "open"
    CLAIMED = "claimed"
    DECLINED = "declined"
    EXPIRED = "expired"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """`appointment_id` is the waiting one; with a `hold_id` the slot is kept for it until the deadline.

    Whoever changes an offer holds its appointment's lock.
    """

    id: UUID
    freed_id: UUID
    appointment_id: UUID
    adviser_id: UUID
    span: TimeSpan
    offered_at: datetime
    expires_at: datetime
    hold_id: UUID | None = None
    state: OfferState = OfferState.OPEN

    @property
    def slot(self) -> Slot:
        return Slot(self.span, self.adviser_id)

    def is_open(self, now: datetime) -> bool:
        return self.state is OfferState.OPEN and now < self.expires_at

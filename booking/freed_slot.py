"""An adviser's time that an appointment gave up, and what becomes of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.offering import Offering
from booking.time_span import TimeSpan

SHORTEST = timedelta(minutes=5)
"""An offer that would stand shorter than this is not made: nobody reads a letter that fast."""


class FreedState(StrEnum):
    """Whether it can still be offered: not once somebody claimed it, and not once it is too late."""

    OPEN = "open"
    CLAIMED = "claimed"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class FreedSlot:
    """`appointment_id` names who gave it up; `look_at` is when to look next for somebody who wants it."""

    id: UUID
    offering_id: UUID
    adviser_id: UUID
    appointment_id: UUID
    span: TimeSpan
    freed_at: datetime
    look_at: datetime
    state: FreedState = FreedState.OPEN

    @property
    def notice(self) -> timedelta:
        """How long before its start it was given up."""
        return self.span.start - self.freed_at


def last_call(freed: FreedSlot, offering: Offering) -> datetime:
    """Return until when it may be claimed at the latest: the notice before its start."""
    return freed.span.start - max(offering.refill.notice, offering.notice)


def answer_by(freed: FreedSlot, offering: Offering, *, now: datetime) -> datetime | None:
    """Return the deadline of an offer made now, or None when there is no time left for one."""
    last = last_call(freed, offering)
    if last - now < min(SHORTEST, offering.refill.answer_within):
        return None
    return min(now + offering.refill.answer_within, last)

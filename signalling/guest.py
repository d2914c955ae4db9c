"""Somebody whom the adviser calls to the table: as what, by which name and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from signalling.participant import Role

CALL_LASTS = timedelta(minutes=10)
"""So long does a call wait for its answer."""

MOST_GUESTS = 2
"""With the adviser and the customer they are four, each connected to each."""


class GuestState(StrEnum):
    """How a call stands: asked; the customer agreed; or over, the customer having refused, or nobody come."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """`takes_over`: they get the adviser's seat once they are there. `reason` is in the adviser's own words.

    Who `has_come` may come again. Who is invited waits until the customer has said yes (`has_consent`).
    """

    id: UUID
    role: Role
    name: str
    reason: str
    takes_over: bool
    asked_by: UUID
    asked_at: datetime
    has_come: bool = False
    has_consent: bool = False

    def is_unanswered(self, now: datetime) -> bool:
        """A colleague is to come now; an invitation holds as long as the meeting."""
        return not self.role.is_invited and now - self.asked_at >= CALL_LASTS

    @property
    def state(self) -> GuestState:
        return GuestState.AGREED if self.has_consent else GuestState.ASKED

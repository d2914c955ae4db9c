"""A link that an adviser hands over in any channel: for one appointment of one offering, for some days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

SHORTEST = timedelta(days=1)
USUAL = timedelta(days=14)
LONGEST = timedelta(days=90)


class Standing(StrEnum):
    """Where an invitation stands; only an open one can be booked through."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """`source` is what the appointment will say of where it came from; nothing here names the customer."""

    id: UUID
    offering_id: UUID
    adviser_id: UUID | None
    made_by: UUID
    made_at: datetime
    expires_at: datetime
    source: str = ""
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def standing(self, now: datetime) -> Standing:
        if self.used_at:
            return Standing.USED
        if self.revoked_at:
            return Standing.REVOKED
        return Standing.OPEN if now < self.expires_at else Standing.EXPIRED

    def is_open(self, now: datetime) -> bool:
        return self.standing(now) is Standing.OPEN


@dataclass(frozen=True, slots=True)
class HandedOver:
    """An invitation with its token, for whoever may copy the link again."""

    invitation: Invitation
    token: str

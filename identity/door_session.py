"""The customer's browser that came in through the door of one appointment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSession:
    """Kept under the hash of the cookie `door`.

    The participant stays the same when the cookie is renewed after
    identification, so that a meeting under way does not see a stranger.
    """

    token_hash: bytes
    appointment_id: UUID
    participant_id: UUID
    came_in_at: datetime
    expires_at: datetime
    identification_id: UUID | None = None

    def is_for(self, appointment_id: UUID, *, now: datetime) -> bool:
        return self.appointment_id == appointment_id and now < self.expires_at

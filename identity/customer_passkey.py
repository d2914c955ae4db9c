"""A passkey of a customer: the browser of somebody who was strongly identified once may say so again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from identity.passkey import Passkey

UNUSED_LASTS = timedelta(days=730)
"""Two years after the last visit nobody should still be known by a device."""
MOST = 5
"""So many may one person have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPasskey:
    """`provider` and `identified_at` tell by whom its person was strongly identified when it was enrolled."""

    id: bytes
    person_id: UUID
    public_key: bytes = field(repr=False)
    sign_count: int
    provider: str
    identified_at: datetime
    made_at: datetime
    expires_at: datetime

    @property
    def as_key(self) -> Passkey:
        """Return what the check of a signature needs: the user handle is the person's random id."""
        return Passkey(
            id=self.id,
            staff_id=self.person_id,
            public_key=self.public_key,
            sign_count=self.sign_count,
            name="",
            made_at=self.made_at,
        )

    @property
    def method(self) -> str:
        """Tell in one word what a return by it stands on: `passkey:ftn:2026-11-24`."""
        return f"passkey:{self.provider}:{self.identified_at.date().isoformat()}"

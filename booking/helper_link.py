"""The link by which somebody whom the customer trusts sees how far they have come, and nothing else."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from booking.appointment import Appointment


class HelperLinks(Protocol):
    """The store: one link at the most for each appointment."""

    async def make(self, appointment_id: UUID, *, at: datetime) -> str:
        """Make one of 128 random bits, of which only a hash is kept; one made before ends."""
        ...

    async def appointment(self, token: str) -> Appointment:
        """Raise NotFound for what is unknown or taken back, and once the customer's own link is revoked."""
        ...

    async def made_at(self, appointment_id: UUID) -> datetime | None: ...

    async def remove(self, appointment_id: UUID) -> None: ...

"""What the team notes of an appointment for itself; the customer never sees it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

LONGEST = 4000
MOST_REVISION = 2**31 - 2
"""The one that follows it is the greatest that a column holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The one note of an appointment, as whoever wrote last left it; `revision` counts from 1."""

    appointment_id: UUID
    text: str
    revision: int
    at: datetime
    by: UUID


class Notes(Protocol):
    async def of(self, appointment_id: UUID) -> Note | None: ...

    async def among(self, appointment_ids: Collection[UUID]) -> Collection[UUID]:
        """Return those of the appointments that have a note with words in it."""
        ...

    async def keep(self, note: Note) -> bool:
        """Keep what follows the revision before; False when somebody else has written meanwhile."""
        ...

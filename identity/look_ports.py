"""What the access log needs from below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from identity.look import Kept, Look


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksAt:
    """Whose looks to read: what is left out does not matter.

    Those of a person are those at each of their appointments, too.
    """

    appointment_id: UUID | None = None
    person_id: UUID | None = None
    by: UUID | None = None


class AccessLog(Protocol):
    """Appended to, and never changed: a later unit gives each look its place in the chain."""

    async def add(self, looks: Sequence[Look]) -> None: ...

    async def unwritten(self, looks: Sequence[Look], *, since: datetime) -> Sequence[Look]:
        """Return those that are not in the log already, by the same for the same purpose, since a moment."""
        ...

    async def newest(
        self, at: LooksAt, *, before: int | None = None, limit: int | None = None
    ) -> Sequence[Kept]:
        """Return looks, the newest first; `before` is the number of the last that was shown."""
        ...

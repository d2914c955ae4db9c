"""An adviser in a meeting asks a colleague to go on: what the colleague's desk shows until they come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from booking.time_span import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueCall:
    """`reason` is in the words of who asks; the customer has been told the same."""

    appointment_id: UUID
    colleague_id: UUID
    asked_by: UUID
    asked_at: datetime
    reason: str

    def __post_init__(self) -> None:
        require_utc(self.asked_at)


class ColleagueCalls(Protocol):
    """The store: a row for each call that waits for its answer."""

    async def keep(self, appointment_id: UUID, calls: Sequence[ColleagueCall]) -> None:
        """Keep these calls of a meeting, and no others of it."""
        ...

    async def to(self, colleague_id: UUID, *, since: datetime) -> Sequence[ColleagueCall]:
        """Return the calls to somebody that were made after a moment, the first made first."""
        ...

"""A slot kept for somebody while they fill in the form."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.time_span import TimeSpan

LEAVING = timedelta(seconds=20)
"""Who leaves the page may come back for so long: a reload looks like leaving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """`busy` is the adviser's time that it takes; `until` is `expires_at`, or sooner once the page was left.

    The id is all that it takes to book it: 122 random bits, good for minutes. `holder` and `address` are
    digests of whose browser it is and where it called from, empty where nobody counts.
    """

    id: UUID
    offering_id: UUID
    adviser_id: UUID
    span: TimeSpan
    busy: TimeSpan
    held_at: datetime
    expires_at: datetime
    until: datetime
    holder: bytes = b""
    address: bytes = b""

    @property
    def is_left(self) -> bool:
        """Tell whether its page was left, so that it ends sooner than was said."""
        return self.until < self.expires_at

    def is_open(self, now: datetime) -> bool:
        return now < self.until


@dataclass(frozen=True, slots=True)
class HoldCaps:
    """The most unexpired holds of one browser and of one network address."""

    of_holder: int
    of_address: int

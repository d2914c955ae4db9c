"""Which advisers sit at their desk now, and who of them takes customers without a time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

FELT_EVERY = timedelta(seconds=10)
GONE_AFTER = timedelta(seconds=30)
"""Whose desk has not been felt for so long, has closed it; the switch is off with it."""

LONGEST_WAIT = timedelta(hours=1)
"""Nobody is asked to wait longer in front of the screen; a time of one's own is kinder then."""


class AdvisersAtDesk(Protocol):
    """The store: one row for each adviser whose desk was ever open."""

    async def beat(self, adviser_id: UUID, *, now: datetime) -> None:
        """Note that the desk is open. Whoever was gone since takes nobody until they say so anew."""
        ...

    async def take(self, adviser_id: UUID, *, is_on: bool, now: datetime) -> None:
        """Keep whether an adviser at their desk takes customers without a time."""
        ...

    async def there(self, adviser_ids: Collection[UUID], *, now: datetime) -> frozenset[UUID]:
        """Return those of them whose desk is open."""
        ...

    async def taking(self, adviser_ids: Collection[UUID], *, now: datetime) -> frozenset[UUID]:
        """Return those of them who are at their desk and take customers now."""
        ...

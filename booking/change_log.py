"""The store of the log of set-up; `ports.py` has the others."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from booking.change import Change, Noted, Thing


class ChangeLog(Protocol):
    async def add(self, change: Change) -> None: ...

    async def newest(
        self,
        *,
        thing: Thing | None = None,
        thing_id: UUID | None = None,
        before: int | None = None,
        limit: int,
    ) -> Sequence[Noted]:
        """Return the last changes that fit what is given, the newest first; `before` is a number of one."""
        ...

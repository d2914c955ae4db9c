"""What the access log needs from below."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from identity.look import Kept, Look, Thing
from identity.look_chain import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksAt:
    """Whose looks to read: what is left out does not matter.

    Those of a person are those at each of their appointments, too. `since` is
    the first moment, `until` the first one that is too late.
    """

    appointment_id: UUID | None = None
    person_id: UUID | None = None
    by: UUID | None = None
    thing: Thing | None = None
    since: datetime | None = None
    until: datetime | None = None


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


class AccessChain(Protocol):
    """The places that looks have been given, and how far they reach."""

    def links(self) -> AsyncIterator[Kept]:
        """Yield every chained look by its place."""
        ...

    async def head(self) -> Head: ...

    async def waiting(self) -> int:
        """Count the looks that have no place yet."""
        ...

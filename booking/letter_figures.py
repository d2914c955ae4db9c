"""What became of letters, day by day, and those that need a person's eye."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Protocol, Self
from uuid import UUID

from booking.fact import FactKind
from booking.letter import Channel, LetterKind

REACH = timedelta(days=1)
"""What a customer does so soon after a letter counts as its answer."""

ANSWERS = (FactKind.CONFIRMED, FactKind.MOVED, FactKind.CANCELLED, FactKind.CALL_ASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFigures:
    """How many letters of a day are where: the planned ones are all that fell or fall due.

    `unneeded` were given up as nothing was left to tell; `ahead` are still to go out.
    """

    planned: int = 0
    sent: int = 0
    delivered: int = 0
    failed: int = 0
    in_doubt: int = 0
    answered: int = 0
    unneeded: int = 0
    ahead: int = 0

    def __add__(self, other: Self) -> Self:
        names = [one.name for one in fields(self)]
        return type(self)(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubledLetter:
    """A letter that failed or is in doubt: about whose time, and since when; never for whom or what.

    `is_open` tells that it waits for a person; a letter in doubt that is not is tried once more by itself.
    """

    id: UUID
    appointment_id: UUID
    kind: LetterKind
    channel: Channel
    start: datetime
    adviser_id: UUID
    due_at: datetime
    since: datetime
    reason: str
    is_open: bool


class Letters(Protocol):
    async def figures(
        self, bounds: Sequence[datetime], *, channel: Channel | None = None
    ) -> Sequence[LetterFigures]:
        """Count the letters due from each bound to the next."""
        ...

    async def failed(self, *, since: datetime, channel: Channel | None, limit: int) -> list[TroubledLetter]:
        """Return those that fell due since a moment and did not arrive, the newest first."""
        ...

    async def in_doubt(self, *, channel: Channel | None, limit: int) -> list[TroubledLetter]:
        """Return those that nobody knows of, first those that wait for a person, the oldest first."""
        ...

    async def state(self, letter_id: UUID) -> str:
        """Return where a letter stands. Raises NotFound."""
        ...

    async def send_again(self, letter_id: UUID, now: datetime) -> bool:
        """Have a letter in doubt sent once more; return whether it was still to be decided."""
        ...

    async def leave(self, letter_id: UUID, reason: str) -> bool:
        """Leave a letter in doubt as it is; return whether it was still to be decided."""
        ...

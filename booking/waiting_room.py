"""The waiting room that the advisers of an offering share: who waits, since when, and who takes them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from booking.time_span import require_utc

AWAY_AFTER = timedelta(seconds=25)
"""Whose line has not been felt for so long, is away, even if nobody said so; it is felt every ten seconds."""

FORGOTTEN_AFTER = timedelta(seconds=150)
"""Nobody comes back to a place that is older: the seat has been given up, or the server is down."""

CLAIM_LASTS = timedelta(seconds=60)
"""So long does a claim outlive its adviser's line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCustomer:
    """One appointment whose customer waits; `arrival` and `said` are in the words of the meeting's protocol.

    `beat_at` is when their line was last felt, `lost_at` when the meeting noticed that it is gone, and
    `claimed_at` when that of the adviser was last felt who takes them.
    """

    appointment_id: UUID
    came_at: datetime
    beat_at: datetime
    lost_at: datetime | None = None
    ready_at: datetime | None = None
    arrival: Mapping[str, Any] | None = None
    said: Mapping[str, Any] | None = None
    claimed_by: UUID | None = None
    claimed_at: datetime | None = None

    def __post_init__(self) -> None:
        require_utc(self.came_at)
        require_utc(self.beat_at)

    def is_away(self, now: datetime) -> bool:
        """A node that died with the line said nothing: then the silence tells."""
        return self.lost_at is not None or now - self.beat_at >= AWAY_AFTER

    def is_forgotten(self, now: datetime) -> bool:
        return now - self.beat_at >= FORGOTTEN_AFTER

    def claimant(self, now: datetime) -> UUID | None:
        """Return who takes them, as long as that holds."""
        holds = self.claimed_at is not None and now - self.claimed_at < CLAIM_LASTS
        return self.claimed_by if holds else None


@dataclass(frozen=True, slots=True, order=True)
class InLine:
    """A place in the line: who came first, then whose appointment starts first."""

    came_at: datetime
    start: datetime
    appointment_id: UUID
    adviser_id: UUID


def count_before(line: Iterable[InLine], me: InLine, advisers: Collection[UUID]) -> int:
    """Count those before one whom the same advisers can take."""
    return sum(
        each < me for each in line if each.adviser_id in advisers and each.appointment_id != me.appointment_id
    )


class WaitingRooms(Protocol):
    """The store: one row for each appointment whose customer waits."""

    async def keep(self, customer: WaitingCustomer) -> None:
        """Keep how somebody waits. Who waited already keeps the claim, and without a line also the beat."""
        ...

    async def drop(self, appointment_id: UUID) -> None:
        """Nobody waits there any more; a claim goes with it."""
        ...

    async def of(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, WaitingCustomer]: ...

    async def all(self, now: datetime) -> Sequence[WaitingCustomer]:
        """Return all who wait and are not forgotten, in the order of the line; claimed ones too."""
        ...

    async def line(self, now: datetime) -> list[InLine]:
        """Return all who wait and are neither claimed nor forgotten, in order."""
        ...

    async def beat(
        self, appointment_ids: Collection[UUID], advisers: Mapping[UUID, UUID], *, now: datetime
    ) -> None:
        """Note that customers are there, and advisers at appointments that they have claimed."""
        ...

    async def claim(self, appointment_id: UUID, adviser_id: UUID, *, now: datetime) -> bool:
        """Take who waits there, unless somebody else does; the database decides. True for one's own, too."""
        ...

    async def release(self, appointment_id: UUID, adviser_id: UUID) -> None:
        """Give up one's claim."""
        ...

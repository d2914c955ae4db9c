"""How somebody comes in before they wait: where their page is, what it says of itself, what it was told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, Self
from uuid import UUID

from booking.time_span import require_utc

FELT_EVERY = timedelta(seconds=30)
"""So often it is written down that a page is still open; a change is written at once."""

GONE_AFTER = timedelta(seconds=150)
"""A hidden tab speaks once a minute; one that has not for longer is closed, or without a network."""


class Place(StrEnum):
    """Which page is open; the waiting room is one of them while its own line does not open."""

    DOOR = "door"
    IDENTIFICATION = "identification"
    WAITING_ROOM = "waiting_room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """`arrival` and `said` are in the words of the meeting's protocol, `help` is the name of a failure."""

    appointment_id: UUID
    at: datetime
    place: Place
    arrival: Mapping[str, Any]
    said: Mapping[str, Any] | None = None
    help: str | None = None

    def __post_init__(self) -> None:
        require_utc(self.at)

    def is_gone(self, now: datetime) -> bool:
        return now - self.at >= GONE_AFTER

    def is_news_after(self, before: Self | None) -> bool:
        """Tell whether it is worth writing down."""
        if before is None or self.at - before.at >= FELT_EVERY:
            return True
        return (self.place, self.arrival) != (before.place, before.arrival)


class Approaches(Protocol):
    """The store: at most one row for each appointment."""

    async def of(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, Approach]: ...

    async def keep(self, approach: Approach) -> None:
        """Keep where somebody is; what they were told before stays."""
        ...

    async def tell(
        self, appointment_id: UUID, *, said: Mapping[str, Any] | None = None, help: str | None
    ) -> None:
        """Keep what their page is to show; what was said stays without a new one. Nobody there: nothing."""
        ...

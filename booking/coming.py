"""What is to come if nobody does anything: a letter, a door, or a release."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.appointment import Appointment
from booking.letter import Channel, LetterKind


class Happening(StrEnum):
    """What happens by itself: a letter leaves, a door opens, or something is let go."""

    LETTER = "letter"
    DOOR = "door"
    CLOSING = "closing"
    HOLD_ENDS = "hold_ends"
    OFFER_ENDS = "offer_ends"


RELEASES = frozenset({Happening.CLOSING, Happening.HOLD_ENDS, Happening.OFFER_ENDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One thing that happens at a moment, about an adviser's time that begins at `start`.

    `appointment` is whose it is; a hold is nobody's yet. Where the background work is silent meanwhile,
    `planned_at` tells when it would have happened otherwise, and `is_lost` that it does not happen at all.
    A letter should have left by `leave_by`.
    """

    at: datetime
    happening: Happening
    offering_id: UUID
    adviser_id: UUID
    start: datetime
    appointment: Appointment | None = None
    letter: LetterKind | None = None
    channel: Channel | None = None
    leave_by: datetime | None = None
    planned_at: datetime | None = None
    is_lost: bool = False

    @property
    def is_late(self) -> bool:
        return self.planned_at is not None and not self.is_lost

    @property
    def is_release(self) -> bool:
        return self.happening in RELEASES

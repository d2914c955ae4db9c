"""A text message that a customer has sent, and what was understood of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from booking.appointment import Appointment

QUESTION_LASTS = timedelta(hours=12)
"""So long the question whether to cancel waits for its answer."""

MOST_QUESTIONS = 3
"""So often one appointment's customer is asked back; after that a person reads what they write."""

MOST_AN_HOUR = 20
"""So many messages of one appointment an hour are kept; more is nobody's writing."""


class Meaning(StrEnum):
    """What came of a message."""

    ASKED_BACK = "asked_back"
    CANCELLED = "cancelled"
    KEPT = "kept"
    CONFIRMED = "confirmed"
    STOPPED = "stopped"
    STARTED = "started"
    FOR_STAFF = "for_staff"
    NOBODYS = "nobodys"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `key` is the gateway's own, the same however often it is handed over.

    The words are kept only where a person is to read them. `sequence` numbers the time it was about.
    """

    id: UUID
    key: str
    at: datetime
    meaning: Meaning
    appointment_id: UUID | None = None
    sequence: int = 0
    text: str = ""
    read_at: datetime | None = None


class Messages(Protocol):
    async def add(self, message: Message) -> bool:
        """Keep it; False when the gateway had handed it over before, and then nothing is kept."""
        ...

    async def set_meaning(self, message: Message) -> None:
        """Keep what came of a message anew, with the appointment that it was about and its words."""
        ...

    async def of(self, appointment_id: UUID) -> Sequence[Message]:
        """Return those about an appointment in the order in which they came."""
        ...

    async def unread(self, adviser_ids: Collection[UUID]) -> Sequence[Message]:
        """Return those that wait for one of these people, the oldest first."""
        ...

    async def count_of_nobody(self, since: datetime) -> int:
        """Count those since a moment that nobody was told of: of numbers that no appointment ahead has."""
        ...

    async def get(self, message_id: UUID) -> Message:
        """Raise NotFound when there is none."""
        ...

    async def mark_read(self, message_id: UUID, *, at: datetime) -> None:
        """Keep that somebody has seen to it; the first time counts."""
        ...


class StoppedNumbers(Protocol):
    """The numbers, as they are dialled, to which no text message goes any more."""

    async def add(self, phone_key: str, *, since: datetime) -> None: ...

    async def remove(self, phone_key: str) -> None: ...

    async def among(self, phone_keys: Collection[str]) -> Collection[str]:
        """Return those of the numbers that are stopped."""
        ...

    async def all(self) -> Collection[str]: ...


def open_question(messages: Sequence[Message], appointment: Appointment, *, now: datetime) -> Message | None:
    """Return the question whether to cancel that still waits for its answer, if one does."""
    settled = (Meaning.ASKED_BACK, Meaning.CANCELLED, Meaning.KEPT, Meaning.CONFIRMED)
    last = next((one for one in reversed(messages) if one.meaning in settled), None)
    if last is None or last.meaning is not Meaning.ASKED_BACK or last.sequence != appointment.sequence:
        return None
    return last if now < last.at + QUESTION_LASTS else None

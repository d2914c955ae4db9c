"""What each side writes at the end: the adviser sums up for the customer, the customer leaves a word."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from booking.fact import Actor

LONGEST_SUMMARY = 1000
LONGEST_WORD = 300


class SummaryLine(StrEnum):
    """What an adviser can tick instead of writing; the customer reads it in their own language."""

    SETTLED = "settled"
    WE_SEND = "we_send"
    YOU_SEND = "you_send"
    WE_CALL = "we_call"
    MEET_AGAIN = "meet_again"
    NOTHING_TO_DO = "nothing_to_do"


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterword:
    """One side's words, `Actor.ADVISER` or `Actor.CUSTOMER`; `revision` counts from 1."""

    appointment_id: UUID
    side: Actor
    text: str
    lines: tuple[SummaryLine, ...] = ()
    revision: int
    at: datetime

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.lines


class Afterwords(Protocol):
    async def of(self, appointment_id: UUID, side: Actor) -> Afterword | None: ...

    async def keep(self, afterword: Afterword) -> bool:
        """Keep what follows the revision before; False when somebody else has written meanwhile."""
        ...

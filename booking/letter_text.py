"""The words of a letter as an admin has written them: for one offering, or for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeAlias
from uuid import UUID

from booking.letter import Channel, LetterKind


class Part(StrEnum):
    """What of a letter is written by somebody; links, time, people and phone are added by the house."""

    SUBJECT = "subject"
    OPENING = "opening"
    CLOSING = "closing"
    TEXT = "text"


PARTS: Mapping[Channel, tuple[Part, ...]] = MappingProxyType(
    {Channel.MAIL: (Part.SUBJECT, Part.OPENING, Part.CLOSING), Channel.SMS: (Part.TEXT,)}
)

Words: TypeAlias = Mapping[Part, str]
"""What stands in each part: plain words, and names of variables in double braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """Which letter's words they are; without an offering they hold for all that have no own ones."""

    kind: LetterKind
    language: str
    channel: Channel
    offering_id: UUID | None = None


class LetterTexts(Protocol):
    """The store of what admins have written; what is not there is said in the house's words."""

    async def lock(self, place: TextPlace) -> None:
        """Keep everybody else from changing these words until the unit ends."""
        ...

    async def find(self, place: TextPlace) -> Words | None:
        """Return the words of just this place."""
        ...

    async def standing_for(self, place: TextPlace) -> Words | None:
        """Return the offering's own words, else everybody's."""
        ...

    async def places(self) -> Sequence[TextPlace]:
        """Return where there are words, in any order."""
        ...

    async def put(self, place: TextPlace, words: Words) -> None:
        """Keep words instead of those that there are."""
        ...

    async def remove(self, place: TextPlace) -> None:
        """Go back to what holds without them; none is no error."""
        ...

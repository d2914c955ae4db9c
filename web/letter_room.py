"""What those who write letters ask of the house: its own words, a letter drawn with theirs, a trial."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from booking.letter import Channel, LetterKind
from booking.letter_text import TextPlace, Words
from web.letter_rules import Demands
from web.ports import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A letter as it would arrive, to somebody made up; its links lead nowhere.

    `values` is what stands for each variable in it, and `messages` how many a text message travels as.
    `is_real` tells whether it is about an appointment that is ahead, rather than one made up.
    """

    subject: str
    text: str
    html: str
    values: Mapping[str, str]
    messages: int
    is_real: bool


class Trial(StrEnum):
    """What came of a letter on trial."""

    SENT = "sent"
    NO_CHANNEL = "no_channel"
    NOT_TAKEN = "not_taken"
    UNSURE = "unsure"


class LetterRoom(Protocol):
    def kinds(self, channel: Channel) -> Sequence[LetterKind]:
        """Return the letters that go by a channel and whose words may be written."""
        ...

    def house_words(self, place: TextPlace) -> Words:
        """Return the words that hold where nobody has written any, with variables in braces."""
        ...

    def demands(self, place: TextPlace, matters: Collection[str]) -> Demands:
        """Return what words of that place must meet; `matters` are names that strangers must not read."""
        ...

    def has_other_opening(self, kind: LetterKind) -> bool:
        """Tell whether who has said that they come reads an opening of the house's instead."""
        ...

    async def draw(self, unit: Unit, place: TextPlace, words: Words | None) -> Drawn:
        """Compose a letter in these words, or as the house says it; send nothing."""
        ...

    async def try_out(self, drawn: Drawn, place: TextPlace, to: str) -> Trial:
        """Send what was drawn to one address or number, marked as a trial and without its calendar."""
        ...

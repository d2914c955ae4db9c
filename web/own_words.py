"""What advisers pick from to say to somebody who waits, in a reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from booking.ports import BookingUnit
from signalling.errors import BadMessage
from web.i18n import gettext
from web.meeting_words import SENTENCES


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The house's sentences, by the ids that go over the wire."""

    house: Mapping[str, str]
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def to_pick(self) -> Mapping[str, str]:
        return {**self.house, **self.own}

    def of(self, sentence_id: str) -> str:
        """Say one; nothing for one that there is not."""
        return self.to_pick.get(sentence_id, "")


async def sentence_words(unit: BookingUnit, language: str) -> SentenceWords:
    del unit
    return SentenceWords(
        house={sentence.value: gettext(language, text) for sentence, text in SENTENCES.items()}
    )


async def sayable(unit: BookingUnit, sentence_id: str) -> str:
    """Return the id of a sentence that may be told. Raises BadMessage for one that there is not."""
    del unit
    if sentence_id not in SENTENCES:
        raise BadMessage("sentence")
    return sentence_id

"""What the organisation has written for its advisers to pick from, in a reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from booking.errors import NotFound
from booking.ports import BookingUnit
from booking.wording import MOST, Wording, WordingKind, found_among, in_use
from signalling.errors import BadMessage
from web.i18n import LANGUAGES, gettext
from web.meeting_words import SENTENCES

_DIGEST = 7


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The house's sentences and then the organisation's, by the ids that go over the wire."""

    house: Mapping[str, str]
    own: Mapping[str, str]
    all_own: Mapping[UUID, str]

    @property
    def to_pick(self) -> Mapping[str, str]:
        return {**self.house, **self.own}

    def of(self, sentence_id: str) -> str:
        """Say one as it stands now, a withdrawn one too; nothing for one that there is not."""
        wording_id = _id_in(sentence_id)
        known = self.to_pick.get(sentence_id, "")
        return known or (self.all_own.get(wording_id, "") if wording_id else "")


def wording_text(wording: Wording, language: str) -> str:
    """Return the words in a language, else in the house's, else in any."""
    return next(filter(None, (wording.texts.get(each) for each in (language, *LANGUAGES))), "")


def wire_id(wording: Wording) -> str:
    """Name a sentence with these very words: a page that holds the words from before a change asks anew."""
    told = "\0".join(f"{each}\0{wording.texts.get(each, '')}" for each in LANGUAGES)
    return f"{wording.id.hex}-{sha256(told.encode()).hexdigest()[:_DIGEST]}"


async def sentence_words(unit: BookingUnit, language: str) -> SentenceWords:
    found = await unit.wordings.all(WordingKind.SENTENCE)
    own = in_use(found)[: MOST[WordingKind.SENTENCE]]
    return SentenceWords(
        house={sentence.value: gettext(language, text) for sentence, text in SENTENCES.items()},
        own={wire_id(one): wording_text(one, language) for one in own},
        all_own={one.id: wording_text(one, language) for one in found},
    )


def tag_words(wordings: Sequence[Wording], tags: Iterable[UUID], language: str) -> Sequence[str]:
    """Say the tags of a meeting, the withdrawn ones too."""
    found = (found_among(wordings, tag) for tag in tags)
    return [wording_text(one, language) for one in found if one is not None]


async def learnt_sentence(unit: BookingUnit, sentence_id: str, language: str) -> str:
    """Say a sentence of the organisation's for a page that lacks it. Raises NotFound."""
    found = found_among(await unit.wordings.all(WordingKind.SENTENCE), _id_in(sentence_id))
    if found is None:
        raise NotFound(sentence_id)
    return wording_text(found, language)


async def sayable(unit: BookingUnit, sentence_id: str) -> str:
    """Return the id of a sentence that may be told, with its words as they stand now.

    Raises BadMessage for one that there is not, or that is withdrawn: nothing else goes to who waits.
    """
    if sentence_id in SENTENCES:
        return sentence_id
    found = found_among(await unit.wordings.all(WordingKind.SENTENCE), _id_in(sentence_id))
    if found is None or found.is_withdrawn:
        raise BadMessage("sentence")
    return wire_id(found)


def _id_in(sentence_id: str) -> UUID | None:
    try:
        return UUID(hex=sentence_id.partition("-")[0])
    except ValueError:
        return None

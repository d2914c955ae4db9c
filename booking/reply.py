"""What a customer means who answers a text message in a word or two."""

import re
import unicodedata
from enum import StrEnum


class Reply(StrEnum):
    """The closed list of what is understood; all else is for people."""

    CANCEL = "cancel"
    YES = "yes"
    NO = "no"
    STOP = "stop"
    START = "start"
    OTHER = "other"


_WORDS = {
    Reply.CANCEL: (
        "en paase", "en paase tulemaan", "emme paase", "peru", "peruuta", "perun", "peruutan", "peru aika",
        "kan inte", "kan inte komma", "jag kan inte", "jag kan inte komma", "avboka", "avbokar",
        "cancel", "cannot come", "cant come", "i cannot come", "i cant come",
    ),
    Reply.YES: ("ok", "okei", "okej", "okay", "kylla", "joo", "ja", "jo", "yes", "tulen", "tulemme", "k"),
    Reply.NO: ("ei", "nej", "no"),
    Reply.STOP: ("stop", "stopp", "seis", "unsubscribe", "stop sms"),
    Reply.START: ("start", "aloita", "starta", "unstop"),
}  # fmt: skip
_MEANT = {words: reply for reply, all_words in _WORDS.items() for words in all_words}
_APOSTROPHES = re.compile("['’`´]")
_NO_LETTER = re.compile(r"[^0-9a-z]+")


def understood(text: str) -> Reply:
    """Return what a text means, in whatever case, with or without umlauts, signs and spaces.

    Only the whole text counts: who writes more than the words wishes to be read by somebody.
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    words = _NO_LETTER.sub(" ", _APOSTROPHES.sub("", bare.casefold())).strip()
    return _MEANT.get(words, Reply.OTHER) if not _has_more(bare) else Reply.OTHER


def _has_more(bare: str) -> bool:
    """Tell whether there are letters of another writing, which leaving them out would hide."""
    return any(char.isalpha() and not char.isascii() for char in bare)

"""Of what an admin writes into a letter: which variables there are, and what is refused."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from booking.letter import BY_SMS_ALONE, LetterKind
from booking.letter_text import Part, Words
from booking.plain_words import has_link, plain
from booking.reply import Reply, understood
from web.letter_template import BadTemplate, filled_in, names_in, taken_apart

VARIABLES = (
    "day",
    "time",
    "when",
    "door",
    "length",
    "adviser",
    "name",
    "organisation",
    "phone",
    "link",
    "delay",
)
IN_SUBJECT = ("day", "time", "when", "door", "organisation")
"""What may stand where strangers read along."""

IN_PARTS: Mapping[Part, Sequence[str]] = MappingProxyType(
    {
        Part.SUBJECT: IN_SUBJECT,
        Part.OPENING: tuple(name for name in VARIABLES if name != "link"),
        Part.CLOSING: tuple(name for name in VARIABLES if name != "link"),
        Part.TEXT: tuple(VARIABLES),
    }
)
OF_ONE_LETTER: Mapping[str, LetterKind] = MappingProxyType({"delay": LetterKind.RUNNING_LATE})
"""What only one letter can tell."""

LONGEST: Mapping[Part, int] = MappingProxyType(
    {Part.SUBJECT: 120, Part.OPENING: 1500, Part.CLOSING: 1500, Part.TEXT: 1000}
)
OPTIONAL = frozenset({Part.CLOSING})
_WORD = re.compile(r"[^\W\d_]+")

SEEN_BY_STRANGERS = frozenset({Part.SUBJECT, Part.TEXT})
"""Both are shown on a locked screen; a text message is all of it."""


def names_for(part: Part, kind: LetterKind) -> Sequence[str]:
    """Return the variables that may stand in a part of a letter."""
    left_out = {"link"} if kind in BY_SMS_ALONE else set()
    return [name for name in IN_PARTS[part] if OF_ONE_LETTER.get(name, kind) is kind and name not in left_out]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What words must meet.

    `known` are the variables that may stand in each part, `needed` those without which it tells too little,
    `longest` plausible values of all, and `matters` the names of the offerings that the words are for. A
    customer must be told how to give each of the `answers`. `fits` tells whether a text message is short
    enough to be sent.
    """

    known: Mapping[Part, Collection[str]]
    needed: Mapping[Part, Collection[str]]
    longest: Mapping[str, str]
    matters: Collection[str]
    answers: Collection[Reply]
    fits: Callable[[str], bool]


def tidy(words: Words) -> Words:
    """Return words without what cannot be seen."""
    return {part: plain(text) for part, text in words.items()}


def faults_in(words: Words, demands: Demands) -> Mapping[Part, str]:
    """Return what is wrong with each part, by the kinds of error that forms know."""
    found = {part: _fault(part, text, demands) for part, text in words.items()}
    return {part: fault for part, fault in found.items() if fault}


def matter_named(words: Words, matters: Collection[str]) -> str:
    """Return the first name that strangers would read in these words; empty when there is none.

    It is asked again when a letter leaves, as an offering may have got another name since.
    """
    seen = [text for part, text in words.items() if part in SEEN_BY_STRANGERS]
    return next((matter for matter in matters for text in seen if _names(text, matter)), "")


def _fault(part: Part, text: str, demands: Demands) -> str:
    if not text:
        return "" if part in OPTIONAL else "missing"
    if part is Part.SUBJECT and "\n" in text:
        return "one_line"
    if len(text) > LONGEST[part]:
        return "too_long"
    try:
        template = taken_apart(text, demands.known[part])
    except BadTemplate as bad:
        return bad.fault
    missing = [name for name in demands.needed.get(part, ()) if name not in names_in(template)]
    if missing:
        return f"needs_{missing[0]}"
    return _fault_of_words(part, "".join(one for one in template if isinstance(one, str))) or _fault_as_read(
        part, filled_in(template, demands.longest), demands
    )


def _fault_of_words(part: Part, words: str) -> str:
    return "words_link" if has_link(words) else ""


def _fault_as_read(part: Part, text: str, demands: Demands) -> str:
    """Judge a part as it will stand in a letter, with long values written in."""
    if matter_named({part: text}, demands.matters):
        return "tells_matter"
    if part is Part.SUBJECT and len(text) > LONGEST[part]:
        return "too_long"
    if any(answer not in map(understood, _WORD.findall(text)) for answer in demands.answers):
        return "needs_answers"
    return "too_many_texts" if part is Part.TEXT and not demands.fits(text) else ""


def _names(text: str, matter: str) -> bool:
    """Tell whether a text has a name in it, as words of its own, however they are written."""
    words = r"\s+".join(map(re.escape, matter.casefold().split()))
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", text.casefold()) is not None

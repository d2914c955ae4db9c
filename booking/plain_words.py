"""What an admin may write to many at once: plain words, from which no link, header or markup can come."""

import re
from enum import StrEnum
from unicodedata import category

MOST = 600
MOST_LINES = 12

# Mail programs make links of these by themselves; the letter has its own, to our address alone.
_LINKISH = re.compile(r"://|www\.|@|[^\W\d_]{2,}\.[^\W\d_]{2,}", re.IGNORECASE)


class WordsFault(StrEnum):
    """What is wrong with words."""

    TOO_LONG = "words_too_long"
    LINK = "words_link"


def plain(written: str) -> str:
    """Return words without what cannot be seen: control, format and direction characters; lines stay."""
    lines = written.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    seen = ("".join(sign for sign in line if not category(sign).startswith("C")) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in seen)).strip()


def words_fault(words: str) -> WordsFault | None:
    """Tell what is wrong with plain words, if anything."""
    if len(words) > MOST or words.count("\n") >= MOST_LINES:
        return WordsFault.TOO_LONG
    return WordsFault.LINK if has_link(words) else None


def has_link(words: str) -> bool:
    """Tell whether a mail program would make a link of something in the words."""
    return _LINKISH.search(words) is not None

"""How letters write a customer's name: as letters and marks, from which no program can make a link."""

import re
from unicodedata import category

LONGEST = 60
MOST_WORDS = 8

_BESIDE_LETTERS = frozenset(" -‐‑'’ʼ´`.,()0123456789")
_INITIALS = re.compile(r"\(?(?:[^\W\d_]\.)+[^\W\d_]?[,)]*")
_END = re.compile(r"[^.]*\.?[,)]*")
_NUMBER = re.compile(r"\d[\d ()-]{2,}\d")
"""Telephones call what looks like a number, and lead where it says."""


def name_shown(name: str) -> str:
    """Return the name as letters say it, without what cannot be seen; empty for what is rather a message.

    Whoever books types it, and may type somebody else's e-mail address below: a letter of ours must not carry
    their words, web address or number there. Who has such a name is greeted without it.
    """
    shown = " ".join("".join(map(_seen, name)).split())
    words = shown.split()
    if len(shown) > LONGEST or len(words) > MOST_WORDS or _NUMBER.search(shown):
        return ""
    if not all(sign in _BESIDE_LETTERS or category(sign)[0] in "LM" for sign in shown):
        return ""
    is_unlinkable = all(_INITIALS.fullmatch(word) or _END.fullmatch(word) for word in words)
    return shown if is_unlinkable and any(sign.isalpha() for sign in shown) else ""


def _seen(sign: str) -> str:
    """Return a sign as it is seen: spaces of any kind as one, and nothing of what shows or turns nothing."""
    if sign.isspace():
        return " "
    return "" if category(sign).startswith("C") else sign

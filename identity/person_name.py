"""Whether a name as booked and a name as identified are one person's."""

import re
from unicodedata import combining, normalize

PARTICLES = frozenset({"af", "av", "da", "de", "den", "der", "di", "du", "la", "le", "van", "von", "zu"})
# Letters that Unicode does not take apart into a base and a mark.
_UNFOLDED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i"})
_INSIDE_A_WORD = re.compile(r"[-‐‑'’´`.]+")


def is_same_person(booked: str, *, given_name: str, family_name: str) -> bool:
    """Compare in any order: the whole family name and at least one given name must have been booked.

    Case, diacritics, hyphens and particles do not count. What was booked
    beyond that (a nickname, a title, second names) does not either.
    """
    words = _parts(booked)
    family = [part for part in _parts(family_name) if part not in PARTICLES] or _parts(family_name)
    left = _without(words, family)
    if not family or left is None:
        left = _without(words, [_joined(family_name)])
    if not family or left is None:
        return False
    given = {part for word in given_name.split() for part in (*_parts(word), _joined(word))}
    hyphenated = {_joined(word) for word in booked.split() if len(_parts(word)) > 1}
    return not given.isdisjoint({*left, *hyphenated} - {""})


def have_one_family_name(one: str, other: str) -> bool:
    """Tell whether two names, given names first, end alike: one person's, of one family, or by chance."""
    return bool(_parts(one)) and _parts(one)[-1] in _parts(other)[-1:]


def _without(words: list[str], taken: list[str]) -> list[str] | None:
    """Return the words that are left when each of `taken` took one; None when one found none."""
    left = list(words)
    for word in taken:
        if word not in left:
            return None
        left.remove(word)
    return left


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s,]+", _INSIDE_A_WORD.sub(" ", _folded(name))) if part]


def _joined(word: str) -> str:
    return "".join(_parts(word))


def _folded(name: str) -> str:
    apart = normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if not combining(sign)).translate(_UNFOLDED)

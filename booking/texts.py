"""Words that an organisation writes, by language."""

from collections.abc import Mapping
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, str]
"""By language code (fi, sv, en); the first one stands in for those missing."""


def in_language(texts: Texts, language: str) -> str:
    """Return the words in a language, or in the first one that has any; empty for none at all."""
    return texts.get(language) or next(filter(None, texts.values()), "")

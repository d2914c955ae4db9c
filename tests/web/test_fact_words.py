"""Every kind of fact has words, in each language others."""

import pytest

from booking.fact import FactKind
from web.fact_words import FACT_WORDS, fact_words


def test_every_kind_of_fact_has_words() -> None:
    assert set(FACT_WORDS) == set(FactKind)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_words_are_translated(language: str) -> None:
    assert [kind for kind in FACT_WORDS if fact_words(kind, language) == FACT_WORDS[kind]] == []

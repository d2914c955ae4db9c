"""JSON is judged by its text where that suffices, and else by walking its value: with one result."""

import pytest

from web.json_text import DEEPEST, parse_json
from web.refusal import BadBody

WORDS = pytest.mark.parametrize("word", ["a", "ä", "\\u0061"])
"""Plain text, and two kinds of text whose value is walked."""


def nested(word: str, lists: int) -> str:
    return "[" * lists + f'"{word}"' + "]" * lists


@WORDS
def test_a_value_as_deep_as_allowed_is_read(word: str) -> None:
    assert parse_json(nested(word, DEEPEST - 1)) is not None


@WORDS
def test_a_value_one_deeper_is_refused(word: str) -> None:
    with pytest.raises(BadBody):
        parse_json(nested(word, DEEPEST))


@WORDS
def test_a_wide_value_is_not_deep(word: str) -> None:
    assert parse_json(f"[{','.join([nested(word, 1)] * 100)}]") == [[word.replace("\\u0061", "a")]] * 100


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800", "ä\\udfff"])
def test_a_sign_that_nothing_can_hold_is_refused_wherever_it_is_hidden(sign: str) -> None:
    for text in (f'"{sign}"', f'{{"{sign}": 1}}', f'[["{sign}"]]'):
        with pytest.raises(BadBody):
            parse_json(text)

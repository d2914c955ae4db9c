"""JSON as strictly as RFC 8259 wants it, for bodies and for WebSocket frames.

Python's reader takes NaN, repeated names, lone surrogates and numbers without end; ours refuses them.
"""

import json
import math
from collections.abc import Iterator
from typing import Any, Never

import msgspec

from web.refusal import BadBody

DEEPEST = 32
LONGEST_INTEGER = 30


def parse_json(content: bytes | str) -> Any:
    """Return what the text says. Raises BadBody."""
    try:
        text = content if isinstance(content, str) else content.decode("utf-8")
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as wrong:
        raise BadBody("json") from wrong
    if not _is_plain(text):
        _check(value)
    return value


def parse_json_object(content: bytes | str) -> dict[str, Any]:
    """Return the object that the text is. Raises BadBody for any other value."""
    value = parse_json(content)
    if not isinstance(value, dict):
        raise BadBody("not an object")
    return value


def parse_frame(text: str) -> dict[str, Any]:
    """Return the object that a frame is, by a faster reader: every word of a meeting passes here.

    It differs in one thing: of a name said twice the last word counts. Raises BadBody.
    """
    try:
        value = _FRAMES.decode(text)
    except (ValueError, RecursionError) as wrong:
        raise BadBody("json") from wrong
    if not _is_plain(text):
        _check(value)
    return value


def check_text(text: str) -> None:
    """Raise BadBody for what no database column and no UTF-8 file can hold: NUL and lone surrogates."""
    if "\0" in text or (not text.isascii() and any("\ud800" <= each <= "\udfff" for each in text)):
        raise BadBody("character")


def _is_plain(text: str) -> bool:
    """Tell by the text whether its value can be neither too deep nor hold a sign that is refused.

    What is read is ASCII mostly, and each message of a meeting is read: walking costs more than reading.
    """
    return text.isascii() and "\\u" not in text and text.count("{") + text.count("[") < DEEPEST


def _check(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return
    raise BadBody("depth")


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict):
        for name in value:
            check_text(name)
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_INTEGER:
        raise ValueError("integer")
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("number")
    return value


def _constant(name: str) -> Never:
    raise ValueError(name)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("name twice")
    return value


_FRAMES = msgspec.json.Decoder(dict[str, Any])
_DECODER = json.JSONDecoder(
    parse_int=_integer,
    parse_float=_decimal,
    parse_constant=_constant,
    object_pairs_hook=_pairs,
)

"""The request to a gateway as an operator writes it: JSON or a form, with a closed list of placeholders."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

PLACEHOLDERS = frozenset({"to", "text", "key", "callback", "sender"})
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """What is sent; its shape is read before anything is filled in, so that no value can change it."""

    kind: str
    shape: Any

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(name for text in _texts(self.shape) for name in _PLACEHOLDER.findall(text))

    def filled(self, values: Mapping[str, str]) -> bytes:
        shape = _each_text(self.shape, lambda text: fill(text, values))
        if self.kind == "application/json":
            return json.dumps(shape, ensure_ascii=False).encode()
        return urlencode([(name, value) for name, value in shape]).encode()


def read_template(body: str) -> Template:
    """Read a body: JSON when it begins like an object or a list, else a form `to={to}&text={text}`.

    Raises ValueError, with a sentence, for what is neither, and for a placeholder that there is not.
    """
    if body.lstrip()[:1] in ("{", "["):
        try:
            template = Template("application/json", json.loads(body))
        except ValueError:
            raise ValueError("KOHTAAMO_SMS_BODY is not JSON: placeholders stand inside quotes") from None
    else:
        pairs = parse_qsl(body, keep_blank_values=True)
        template = Template("application/x-www-form-urlencoded", [list(pair) for pair in pairs])
    _check(template.placeholders, "KOHTAAMO_SMS_BODY")
    if not {"to", "text"} <= template.placeholders:
        raise ValueError("KOHTAAMO_SMS_BODY must have the placeholders {to} and {text}")
    return template


def read_headers(text: str) -> Mapping[str, str]:
    """Read the headers, a JSON object of texts. Raises ValueError, with a sentence."""
    try:
        headers = json.loads(text or "{}")
    except ValueError:
        headers = None
    if not isinstance(headers, dict) or not all(isinstance(one, str) for one in headers.values()):
        raise ValueError('KOHTAAMO_SMS_HEADERS must be JSON such as {"Authorization": "Bearer x"}')
    if any(char in "\r\n\0" for pair in headers.items() for char in "".join(pair)):
        raise ValueError("KOHTAAMO_SMS_HEADERS has a header of more than one line")
    if not all(map(_HEADER_NAME.fullmatch, headers)):
        raise ValueError("KOHTAAMO_SMS_HEADERS has a name that no header can have")
    for value in headers.values():
        _check(set(_PLACEHOLDER.findall(value)) - {"key"}, "KOHTAAMO_SMS_HEADERS", allowed=frozenset())
    return headers


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the placeholders in, once: what is filled in is not read for more of them."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _check(found: Set[str], where: str, *, allowed: frozenset[str] = PLACEHOLDERS) -> None:
    if found - allowed:
        raise ValueError(f"{where} has the unknown placeholder {{{min(found - allowed)}}}")


def _texts(shape: Any) -> Iterator[str]:
    if isinstance(shape, str):
        yield shape
    elif isinstance(shape, dict | list):
        for one in shape.values() if isinstance(shape, dict) else shape:
            yield from _texts(one)


def _each_text(shape: Any, change: Callable[[str], str]) -> Any:
    """Return a shape with every text in it changed; the names of its fields stay."""
    if isinstance(shape, str):
        return change(shape)
    if isinstance(shape, list):
        return [_each_text(one, change) for one in shape]
    if isinstance(shape, dict):
        return {name: _each_text(one, change) for name, one in shape.items()}
    return shape

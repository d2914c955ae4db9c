"""What looks like a secret, whosever it is."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from identity.personal_code import NotAPersonalCode, personal_code

_CODE = re.compile(r"(?<![0-9A-Za-z-])\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?![0-9A-Za-z-])")

ANYWHERE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
        "webhook secret": re.compile(r"whsec_[\w+/=-]{16,}"),
        "traceback with local values": re.compile(r'"locals": \{"'),
    }
)
"""These stand neither in logs nor on error pages."""

IN_LOGS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "JWT": re.compile(r"eyJ[\w-]{8,}\.[\w-]*\."),
        "state, nonce or code of an identification": re.compile(
            r"\b(?:state|nonce|code|code_verifier|id_token|request)(?:=|%3D|[\"']: ?[\"'])[\w-]{20,}"
        ),
        "cookie": re.compile(r"(?i)\b(?:set-)?cookie[\"']?: ?[\"']?[\w-]+=[\w-]{16,}"),
        "bearer token": re.compile(r"Bearer [\w.-]{16,}"),
        "TURN credential": re.compile(r"\b\d{10}:[\w-]{8,}|[\"']credential[\"']: ?[\"'][\w+/=]{20,}"),
        "personal link": re.compile(r"/(?:a|o|i)/[\w-]{22}\b"),
        "one-time password": re.compile(r"otpauth://"),
    }
)


def shapes_in(text: str, *, is_page: bool) -> set[str]:
    """Name what in a text looks like a secret; a page may tell its reader their own."""
    shapes = ANYWHERE if is_page else {**ANYWHERE, **IN_LOGS}
    found = {name for name, shape in shapes.items() if shape.search(text)}
    if any(_is_personal_code(code) for code in _CODE.findall(text)):
        found.add("personal identity code")
    if is_page and "Traceback (most recent call last)" in text:
        found.add("traceback")
    return found


def _is_personal_code(text: str) -> bool:
    try:
        personal_code(text, today=date.max)
    except NotAPersonalCode:
        return False
    return True

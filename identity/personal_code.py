"""The Finnish personal identity code (henkilötunnus): its rules, and the key that we keep in its place."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from types import MappingProxyType

SHAPE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([-+A-FU-Y])([0-9]{3})([0-9A-FHJ-NPR-Y])")
CHECK_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
# The signs U to Y and B to F came on 1 January 2023. The sign tells people apart: it is never normalised.
CENTURIES: Mapping[str, int] = MappingProxyType(
    {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
)
SMALLEST, FIRST_ARTIFICIAL = 2, 900
FIRST_VERSION = 1
HIDDEN = "****"


class NotAPersonalCode(ValueError):
    """Carries nothing: what was read may be somebody's real code with a slip in it."""


@dataclass(frozen=True, slots=True)
class PersonalCode:
    """A valid code. It lives for one answer, is kept sealed, and never logged or put into an address."""

    text: str = field(repr=False)
    birth_date: date = field(repr=False)
    is_artificial: bool

    @property
    def masked(self) -> str:
        """Return what a page may show unasked: the birth date and the sign, `010170-****`."""
        return self.text[: -len(HIDDEN)] + HIDDEN


def personal_code(text: str, *, today: date) -> PersonalCode:
    """Read a code, trimmed and in upper case.

    Raises NotAPersonalCode when its shape, date, number or check sign is
    wrong, or when the birth date lies ahead.
    """
    shape = SHAPE.fullmatch(text.strip().upper())
    if shape is None:
        raise NotAPersonalCode
    day, month, year, sign, number, check = shape.groups()
    if CHECK_SIGNS[int(day + month + year + number) % 31] != check or int(number) < SMALLEST:
        raise NotAPersonalCode
    born = _date(CENTURIES[sign] + int(year), int(month), int(day))
    if born > today:
        raise NotAPersonalCode
    return PersonalCode(shape.group(), born, int(number) >= FIRST_ARTIFICIAL)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotAPersonalCode from None


class SubjectKeys:
    """Turns codes into keys by which a person is recognised again, and which tell nothing else.

    A bare hash would be guessed in minutes, there being some 10^8 codes; the
    server's key stands outside the database. The first byte tells which key.
    """

    def __init__(self, server_key: bytes, *, version: int = FIRST_VERSION) -> None:
        if len(server_key) < sha256().digest_size:
            raise ValueError("the key is shorter than 32 bytes")
        self._key = server_key
        self._version = bytes([version])

    def of(self, code: PersonalCode) -> bytes:
        message = b"kohtaamo subject\0fi\0" + code.text.encode("ascii")
        return self._version + hmac.digest(self._key, message, sha256)

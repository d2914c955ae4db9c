"""A code that the organisation delivers by letter or in a branch: whoever types it was given it."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
"""Without what looks alike in print or by hand: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V."""
GROUPS, GROUP = 3, 4
LENGTH = GROUPS * GROUP
MOST_TRIES = 5
LASTS = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredCode:
    """The one code of an appointment; only a keyed digest of it is kept."""

    appointment_id: UUID
    digest: bytes = field(repr=False)
    made_by: UUID
    made_at: datetime
    expires_at: datetime
    tries: int = 0
    used_at: datetime | None = None

    def is_good(self, *, now: datetime) -> bool:
        """Tell whether it can still be typed."""
        return self.used_at is None and self.tries < MOST_TRIES and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a try, and how many are left."""

    is_right: bool
    left: int


def fresh_code() -> str:
    """Draw twelve signs: 54 random bits, against which five tries are nothing."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def in_groups(code: str) -> str:
    """Write it as it is printed: `K7QD-39XA-HRMT`."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def as_typed(text: str) -> str:
    """Return what somebody meant who typed a code: in capitals, without spaces and hyphens."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def digest(key: bytes, appointment_id: UUID, code: str) -> bytes:
    """Return what is kept of a code; it holds for its appointment alone."""
    said = b"kohtaamo delivered code 1\0" + appointment_id.bytes + code.encode("utf-8", "surrogatepass")
    return hmac.digest(key, said, sha256)

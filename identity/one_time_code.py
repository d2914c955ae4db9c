"""Codes of an authenticator app (TOTP, RFC 6238): six figures, a new one every half minute."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pyotp

from identity.secret import is_same

SECRET_CHARACTERS = 32
"""160 bits in base 32, as much as HMAC-SHA-1 takes (RFC 4226, 4)."""

STEP_SECONDS = 30
TOLERANCE = (0, -1, 1)
"""Clocks of phones run apart, and typing takes its time: the step before and after count, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticator:
    """What a member's app shares with us. Until it is confirmed it opens nothing.

    `last_step` is that of the newest code that was taken: no code is taken twice.
    """

    staff_id: UUID
    secret: str = field(repr=False)
    made_at: datetime
    last_step: int = 0


def new_authenticator(staff_id: UUID, *, now: datetime) -> Authenticator:
    secret = pyotp.random_base32(SECRET_CHARACTERS)
    return Authenticator(staff_id=staff_id, secret=secret, made_at=now)


def app_address(authenticator: Authenticator, *, login: str, organisation: str) -> str:
    """Return the `otpauth:` address that an app reads as a QR code."""
    return pyotp.TOTP(authenticator.secret).provisioning_uri(name=login, issuer_name=organisation)


def step_of(authenticator: Authenticator, typed: str, *, now: datetime) -> int | None:
    """Return the step whose code was typed, None for a wrong one and for one that was taken before."""
    code = "".join(typed.split())
    present = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.HOTP(authenticator.secret)
    fitting = [present + each for each in TOLERANCE if is_same(code, codes.at(present + each))]
    return next((step for step in fitting if step > authenticator.last_step), None)

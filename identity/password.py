"""Passwords of the staff: argon2id (RFC 9106), by the parameters that OWASP advises."""

import secrets
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST = 256
BRIEFEST = 12
FEWEST_DIFFERENT = 5
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that looks like another."""
_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
# Verified for an unknown login, so that the answer takes as long as for a known one: made with these
# parameters of 32 random bytes that nobody kept. Making it at each start would cost a tenth of a second.
NOBODY = "$argon2id$v=19$m=47104,t=1,p=1$/R/v+8UUrjApkOq5A3kwqQ$gUACvWiySdXJbnx6IMQnwlzmUxCCcQvzkXQevjGADdU"


class Fault(StrEnum):
    """What is wrong with a password that somebody chose."""

    BRIEF = "brief"
    LOGIN = "login"
    PLAIN = "plain"
    SAME = "same"


def fault_of(password: str, *, login: str, current: str) -> Fault | None:
    """Say what is wrong with a new password; kinds of characters are not counted (NIST SP 800-63B)."""
    if len(password) < BRIEFEST:
        return Fault.BRIEF
    if login in password.casefold():
        return Fault.LOGIN
    if len(set(password)) < FEWEST_DIFFERENT:
        return Fault.PLAIN
    return Fault.SAME if password == current else None


def fresh_password() -> str:
    """Make a password that can be read out on the phone: four times four letters and figures, 78 bits."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def is_right(password: str, kept_hash: str | None) -> bool:
    """Compare a password with a kept hash, or with nobody's when there is none.

    Takes some tens of milliseconds of one core and 46 MiB: call it in a
    thread, and never inside a unit.
    """
    try:
        _HASHER.verify(kept_hash or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept_hash is not None

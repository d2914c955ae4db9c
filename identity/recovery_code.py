"""Codes on paper for who has lost the phone: each is used once."""

import secrets

MANY = 10
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that looks like another."""


def fresh_codes() -> tuple[str, ...]:
    """Make ten of four times four letters and figures, 79 bits each: a bare hash of one suffices."""
    return tuple(
        "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4)) for _ in range(MANY)
    )


def normal_code(typed: str) -> str:
    """Fold what was typed to the form that is kept: with or without hyphens, in any case."""
    return "".join(each for each in typed.casefold() if each.isalnum())

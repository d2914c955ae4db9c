"""What a person types and sees: the phone number, the prevention code, the event id."""

import re
from secrets import choice

SPACES = str.maketrans("", "", " -()\u00a0")
DIALLED = re.compile(r"(?:\+358|00358|0)([1-9][0-9]{4,11})")
PREVENTION_CODE = re.compile(r"[A-Za-zÅÄÖåäö][A-Za-zÅÄÖåäö0-9]{2,15}")
# Without signs that are taken for each other on a small screen.
EVENT_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"
EVENT_LENGTH = 5


def msisdn(typed: str) -> str | None:
    """Return a Finnish number as `+358…`, written in any of the usual ways; None for any other."""
    found = DIALLED.fullmatch(typed.translate(SPACES))
    return f"+358{found[1]}" if found else None


def prevention_code(typed: str) -> str | None:
    """Return the code, empty for who has none; None when it breaks FiCom's rule, the widest of all."""
    code = typed.strip()
    return code if not code or PREVENTION_CODE.fullmatch(code) else None


def event_id() -> str:
    """Draw what stands on both screens."""
    return "".join(choice(EVENT_SIGNS) for _ in range(EVENT_LENGTH))

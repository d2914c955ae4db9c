"""JSON objects of others: no member twice, because two readers could then see two things."""

import json

from identity.errors import AssertionRefused


def read_object(text: str | bytes, *, check: str) -> dict[str, object]:
    """Raises AssertionRefused with the name of the check."""
    try:
        read = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        # The cause may hold claims, and with them a personal identity code.
        raise AssertionRefused(check) from None
    if not isinstance(read, dict):
        raise AssertionRefused(check)
    return read


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member stands twice")
    return members

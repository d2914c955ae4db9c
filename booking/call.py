"""Whether a customer waits for a call: read from the facts, kept nowhere."""

from collections.abc import Iterable
from datetime import datetime

from booking.fact import Fact, FactKind

CALL_DONE = frozenset({FactKind.CALLED_BACK, FactKind.PHONED})
"""After these the customer no longer waits for a call."""


def call_asked_at(facts: Iterable[Fact]) -> datetime | None:
    """Return since when the customer waits for a call, or None when nobody needs to call."""
    since: datetime | None = None
    for fact in facts:
        if fact.kind is FactKind.CALL_ASKED:
            since = since or fact.at
        elif fact.kind in CALL_DONE:
            since = None
    return since

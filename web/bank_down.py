"""Whether strong identification is down for an appointment's customer, by what has happened to them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum

from booking.fact import Fact, FactKind
from identity.failure import Failure

REMEMBERED = timedelta(minutes=30)
"""So long after the bank did not answer the other ways stand open."""


class Down(IntEnum):
    """Said is what a browser brought, which whoever holds the browser could have written."""

    NO = 0
    SAID = 1
    SEEN = 2


def bank_is_down(facts: Sequence[Fact], *, now: datetime) -> Down:
    """Return the worst last word of any provider that they tried; one that has answered since is up."""
    last: dict[object, Down] = {}
    for fact in facts:
        if fact.at > now - REMEMBERED and fact.kind is FactKind.IDENTIFICATION_FAILED:
            _hear(fact, last)
    return max(last.values(), default=Down.NO)


def _hear(fact: Fact, last: dict[object, Down]) -> None:
    reason, provider = fact.detail.get("reason"), fact.detail.get("provider")
    if reason == Failure.EXPIRED:
        return
    if reason != Failure.BANK_UNAVAILABLE:
        last[provider] = Down.NO
    elif fact.detail.get("is_hearsay"):
        last[provider] = max(last.get(provider, Down.NO), Down.SAID)
    else:
        last[provider] = Down.SEEN

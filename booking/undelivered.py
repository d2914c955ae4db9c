"""Which letter did not arrive, read from the facts."""

from collections.abc import Sequence

from booking.fact import TIMED, Fact, FactKind


def last_not_reminded(facts: Sequence[Fact]) -> Fact | None:
    """Return the last letter about the present time that did not arrive, if no later one did."""
    for fact in reversed(facts):
        if fact.kind is FactKind.NOT_REMINDED:
            return fact
        if fact.kind is FactKind.REMINDED or fact.kind in TIMED:
            return None
    return None

"""When nothing more can come of an appointment."""

from collections.abc import Iterable
from datetime import datetime

from booking.fact import Fact, FactKind
from booking.rules import Rules
from booking.time_span import TimeSpan


def is_over(span: TimeSpan, facts: Iterable[Fact], rules: Rules, *, now: datetime) -> bool:
    """Tell whether nothing more can come of an appointment: its time and grace have passed, or it was ended.

    Ending counts once somebody was let in, or once grace has passed: an adviser who ends too early takes
    no customer's time away.
    """
    if now >= span.end + rules.grace:
        return True
    kinds = {fact.kind for fact in facts}
    return FactKind.ENDED in kinds and (FactKind.ADMITTED in kinds or now >= span.start + rules.grace)

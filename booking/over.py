"""When nothing more can come of an appointment."""

from collections.abc import Sequence
from datetime import datetime

from booking.fact import Fact, FactKind, came_by_queue
from booking.lateness import begins_at
from booking.rules import Rules
from booking.time_span import TimeSpan


def is_over(span: TimeSpan, facts: Sequence[Fact], rules: Rules, *, now: datetime) -> bool:
    """Tell whether nothing more can come of an appointment: its time and grace have passed, or it was ended.

    Ending counts once somebody was let in, or once grace has passed: an adviser who ends too early takes
    no customer's time away. Both wait as long as the adviser was late. For somebody who came by the queue
    it counts at once: nobody was promised a time.
    """
    late = min(begins_at(facts, span.start), span.end) - span.start
    if now >= span.end + late + rules.grace:
        return True
    kinds = {fact.kind for fact in facts}
    is_time = FactKind.ADMITTED in kinds or came_by_queue(facts) or now >= span.start + late + rules.grace
    return FactKind.ENDED in kinds and is_time

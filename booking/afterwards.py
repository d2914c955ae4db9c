"""What an appointment has come to as far as anybody can say yet, from the moment at which it is over."""

from collections.abc import Sequence
from datetime import datetime

from booking.appointment import Appointment, Status
from booking.fact import Actor, Fact
from booking.failed import can_be_said, is_said
from booking.outcome import Outcome, decide
from booking.over import is_over
from booking.rules import Rules


def came_to(
    appointment: Appointment, facts: Sequence[Fact], rules: Rules, *, now: datetime
) -> Outcome | None:
    """Return the outcome, also before it is closed; None while it goes on, or was cancelled."""
    if appointment.status is Status.CANCELLED:
        return None
    if appointment.outcome is not None:
        return appointment.outcome
    has_failed = can_be_said(appointment, facts) and any(is_said(facts, by) for by in Actor)
    if has_failed or is_over(appointment.span, facts, rules, now=now):
        return decide(facts, rules, until=now)
    return None

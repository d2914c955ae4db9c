"""Which meetings nobody has looked back at: read from the facts, kept nowhere."""

from collections.abc import Sequence
from datetime import datetime

from booking.appointment import Appointment, Status
from booking.fact import Actor, Fact, FactKind, since_timed
from booking.outcome import Outcome, decide
from booking.rules import Rules

SAYABLE = (
    Outcome.MET,
    Outcome.MET_BY_PHONE,
    Outcome.TECHNICAL_FAILURE,
    Outcome.IDENTIFICATION_FAILED,
    Outcome.ADVISER_ABSENT,
    Outcome.CUSTOMER_NO_SHOW,
)
"""What a meeting that was not cancelled can have come to."""

_THERE = frozenset({FactKind.ADVISER_READY, FactKind.ADMITTED})


def is_to_wrap_up(appointment: Appointment, facts: Sequence[Fact]) -> bool:
    """Tell whether an adviser was there, it is over, and nobody has looked back at it."""
    present = since_timed(facts)
    kinds = {fact.kind for fact in present}
    was_there = any(fact.by is Actor.ADVISER and fact.kind in _THERE for fact in present)
    is_over = appointment.status is Status.CLOSED or (appointment.is_live and FactKind.ENDED in kinds)
    return was_there and is_over and FactKind.WRAPPED_UP not in kinds


def is_wrapped_up(facts: Sequence[Fact]) -> bool:
    return any(fact.kind is FactKind.WRAPPED_UP for fact in since_timed(facts))


def computed(appointment: Appointment, facts: Sequence[Fact], rules: Rules, *, now: datetime) -> Outcome:
    """Return what the facts come to, also in the moments before it is closed."""
    return appointment.outcome or decide(facts, rules, until=now)

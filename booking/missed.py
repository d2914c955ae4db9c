"""Whether a customer alone did not come."""

from collections.abc import Sequence
from datetime import timedelta

from booking.appointment import Appointment
from booking.disruption import open_disruption
from booking.fact import Fact, FactKind
from booking.outcome import Outcome

WRITTEN_WITHIN = timedelta(days=1)
"""Who did not come is written to within it, or not at all."""

HOLDS = timedelta(days=3)


def is_missed_in_vain(appointment: Appointment, facts: Sequence[Fact]) -> bool:
    """Tell whether the customer alone did not come: no fault of ours, no dispute, no disruption."""
    is_disputed = any(fact.kind is FactKind.DISPUTED for fact in facts)
    is_disrupted = open_disruption(facts) is not None
    return appointment.outcome is Outcome.CUSTOMER_NO_SHOW and not is_disputed and not is_disrupted

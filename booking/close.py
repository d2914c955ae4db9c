"""Close an appointment that is over, with the outcome that its facts come to."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.fact import Fact, FactKind
from booking.outcome import decide
from booking.ports import BookingUnit
from booking.rules import Rules
from booking.time_span import TimeSpan


async def close(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> Appointment:
    """Decide the outcome and close; one that is not over, or no longer live, stays as it is."""
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        return appointment
    offering = await unit.offerings.get(appointment.offering_id)
    facts = await unit.facts.of(appointment_id)
    if not is_over(appointment.span, facts, offering.rules, now=now):
        return appointment
    closed = replace(appointment, status=Status.CLOSED, outcome=decide(facts, offering.rules, until=now))
    await unit.appointments.change(closed, now=now)
    await unit.reminders.drop(appointment_id)
    return closed


def is_over(span: TimeSpan, facts: Iterable[Fact], rules: Rules, *, now: datetime) -> bool:
    """Tell whether nothing more can come of an appointment: its time and grace have passed, or it was ended.

    Ending counts once somebody was let in, or once grace has passed: an adviser who ends too early takes
    no customer's time away.
    """
    if now >= span.end + rules.grace:
        return True
    kinds = {fact.kind for fact in facts}
    return FactKind.ENDED in kinds and (FactKind.ADMITTED in kinds or now >= span.start + rules.grace)

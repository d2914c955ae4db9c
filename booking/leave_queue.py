"""Give the time of somebody who came by the queue back, once they have gone away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment
from booking.call import call_asked_at
from booking.fact import Actor, Fact, FactKind
from booking.ports import BookingUnit
from booking.waiting_room import WaitingCustomer

GONE_AFTER = timedelta(minutes=10)
"""So long may nothing be heard of them: a bank, a telephone and a lost line need their time."""


async def leave_queue(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> None:
    """End it for who has gone; whoever is there, was let in or waits for a call is left alone."""
    appointment = await unit.appointments.locked(appointment_id)
    facts = await unit.facts.of(appointment_id)
    waiting = (await unit.waiting.of([appointment_id])).get(appointment_id)
    if has_gone(appointment, facts, waiting, now=now):
        gone = Fact(appointment_id=appointment_id, at=now, kind=FactKind.ENDED, by=Actor.SYSTEM)
        await unit.facts.append(gone)


def has_gone(
    appointment: Appointment, facts: Sequence[Fact], waiting: WaitingCustomer | None, *, now: datetime
) -> bool:
    """Tell whether somebody who came by the queue has gone away before they were let in."""
    if not (appointment.is_live and appointment.is_drop_in) or call_asked_at(facts) is not None:
        return False
    if waiting is not None and not waiting.is_forgotten(now):
        return False
    kinds = {fact.kind for fact in facts}
    if kinds & {FactKind.ADMITTED, FactKind.ENDED}:
        return False
    last = max((fact.at for fact in facts), default=appointment.booked_at)
    return now - last >= GONE_AFTER or FactKind.CALLED_BACK in kinds

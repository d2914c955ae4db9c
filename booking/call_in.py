"""Tell a customer who has not come that somebody waits for them."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.fact import Actor, Fact, FactKind
from booking.letter import LetterKind
from booking.on_the_spot import to_call_in
from booking.ports import BookingUnit
from booking.tell import tell

OF_USE = timedelta(minutes=5)


async def call_in(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> bool:
    """Write once for each time, if it is still so; tell whether a letter was put."""
    appointment = await unit.appointments.locked(appointment_id)
    offering = await unit.offerings.get(appointment.offering_id)
    facts = await unit.facts.of(appointment_id)
    if not offering.letters.calls_in or not to_call_in(appointment, facts, now=now):
        return False
    await unit.facts.append(
        Fact(appointment_id=appointment_id, at=now, kind=FactKind.WAITED_FOR, by=Actor.SYSTEM)
    )
    await tell(unit, appointment, LetterKind.WAITING_FOR_YOU, at=now, leave_by=now + OF_USE)
    return True

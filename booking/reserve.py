"""Book what is wished."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from booking.appointment import Appointment, Customer, wall_time
from booking.fact import Actor, Fact, FactKind, timed
from booking.letter import LetterDue, LetterKind
from booking.ports import BookingUnit
from booking.take_slot import take_slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to book; without an adviser, anybody who is free will do."""

    offering_id: UUID
    start: datetime
    customer: Customer
    adviser_id: UUID | None = None
    by: Actor = Actor.CUSTOMER
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reserved:
    """A new appointment, and the token of the customer's personal link to it."""

    appointment: Appointment
    token: str


async def reserve(unit: BookingUnit, wish: Wish, *, now: datetime) -> Reserved:
    """Book what is wished, plan its reminders, and say so.

    Raises what `take_slot` raises, and SlotTaken from the store, which alone has the last word.
    """
    offering = await unit.offerings.get(wish.offering_id)
    slot = await take_slot(unit, offering, wish.start, adviser_id=wish.adviser_id, now=now)
    appointment = Appointment(
        id=uuid4(),
        offering_id=offering.id,
        adviser_id=slot.adviser_id,
        span=slot.span,
        zone=offering.zone,
        wall_start=wall_time(slot.span.start, offering.zone),
        customer=wish.customer,
        booked_at=now,
        source=wish.source,
    )
    await unit.appointments.add(appointment)
    token = await unit.links.make(appointment.id)
    await unit.facts.append(
        Fact(
            appointment_id=appointment.id,
            at=now,
            kind=FactKind.BOOKED,
            by=wish.by,
            detail=timed(slot.span),
        )
    )
    await unit.reminders.add(offering.letters.reminders(appointment.id, slot.span, sequence=0, now=now))
    letter = LetterDue(appointment_id=appointment.id, kind=LetterKind.BOOKED, sequence=0)
    await unit.outbox.put(letter, at=now)
    return Reserved(appointment, token)

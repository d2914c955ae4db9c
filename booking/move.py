"""Move an appointment to another time; whoever cannot get the new one keeps the old."""

from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.disruption import open_disruption
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, FactKind
from booking.find_slots import Wanted
from booking.ports import BookingUnit
from booking.put import put_at
from booking.take_slot import take_slot


async def move(
    unit: BookingUnit,
    appointment_id: UUID,
    start: datetime,
    *,
    by: Actor,
    now: datetime,
    adviser_id: UUID | None = None,
) -> Appointment:
    """Move to another start, with the same adviser unless another is named.

    Its links stay, its reminders are planned anew. Moving to where it already stands changes nothing.
    Raises WrongStatus when it is no longer live, TooLate once it has started unless a disruption stands
    over it, and what `take_slot` and `put_at` raise.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    if now >= appointment.span.start and open_disruption(await unit.facts.of(appointment_id)) is None:
        raise TooLate(appointment.span.start)
    adviser_id = adviser_id or appointment.adviser_id
    if (start, adviser_id) == (appointment.span.start, appointment.adviser_id):
        return appointment
    offering = await unit.offerings.get(appointment.offering_id)
    wanted = Wanted(adviser_id=adviser_id, but_not_of=frozenset({appointment_id}))
    slot = await take_slot(unit, offering, start, now=now, wanted=wanted)
    return await put_at(unit, appointment, slot, offering, kind=FactKind.MOVED, by=by, now=now)

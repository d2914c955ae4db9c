"""An adviser takes a customer who waits, or gives them back to the line."""

from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.errors import ClaimedAlready, NotFound
from booking.fact import Actor, Fact, FactKind
from booking.ports import BookingUnit


async def claim_waiting(unit: BookingUnit, appointment_id: UUID, adviser_id: UUID, *, now: datetime) -> None:
    """Take the customer of an appointment; the calendar's adviser stays who was booked.

    Who was booked may, and whoever of the same team meets customers of the offering. Claiming again
    changes nothing. Raises NotFound when nobody waits there or it is not theirs to take, and
    ClaimedAlready when a colleague has them.
    """
    waiting = (await unit.waiting.of([appointment_id])).get(appointment_id)
    if waiting is None:
        raise NotFound(appointment_id)
    if not await may_take(unit, await unit.appointments.get(appointment_id), adviser_id):
        raise NotFound(appointment_id)
    if not await unit.waiting.claim(appointment_id, adviser_id, now=now):
        now_waiting = (await unit.waiting.of([appointment_id])).get(appointment_id)
        raise ClaimedAlready(now_waiting.claimant(now) if now_waiting else None)
    if waiting.claimant(now) != adviser_id:
        detail = {"adviser": str(adviser_id)}
        fact = Fact(
            appointment_id=appointment_id, at=now, kind=FactKind.CLAIMED, by=Actor.ADVISER, detail=detail
        )
        await unit.facts.append(fact)


async def may_take(unit: BookingUnit, appointment: Appointment, adviser_id: UUID) -> bool:
    """Tell whether an adviser is who was booked, or gives the offering and is of the same team."""
    if adviser_id == appointment.adviser_id:
        return True
    booked, asking = await unit.advisers.get(appointment.adviser_id), await unit.advisers.get(adviser_id)
    gives = await unit.advisers.ids_of_offering(appointment.offering_id)
    return asking.team_id == booked.team_id and adviser_id in gives

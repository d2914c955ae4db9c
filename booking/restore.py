"""Undo a cancellation, if the time is still free."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, FactKind
from booking.find_slots import Wanted, free_slot
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.put import put_at
from booking.take_slot import take_slot


async def restore(unit: BookingUnit, appointment_id: UUID, *, by: Actor, now: datetime) -> Appointment:
    """Bring a cancelled appointment back to its own time and adviser; one that is live stays as it is.

    The notice does not count: it was kept when this time was booked. Customers undo only what they
    cancelled themselves. Raises WrongStatus when it is closed or not theirs to restore, TooLate once it
    would have started, and what `take_slot` and `put_at` raise.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if appointment.is_live:
        return appointment
    if appointment.status is not Status.CANCELLED:
        raise WrongStatus(appointment.status)
    if by is Actor.CUSTOMER and not await _is_customers_own(unit, appointment_id):
        raise WrongStatus(appointment.status)
    if now >= appointment.span.start:
        raise TooLate(appointment.span.start)
    offering = await unit.offerings.get(appointment.offering_id)
    wanted = Wanted(adviser_id=appointment.adviser_id)
    start = appointment.span.start
    slot = await take_slot(unit, _without_notice(offering), start, now=now, wanted=wanted)
    return await put_at(unit, appointment, slot, offering, kind=FactKind.RESTORED, by=by, now=now)


async def can_restore(unit: BookingUnit, appointment: Appointment, *, now: datetime) -> bool:
    """Tell whether the customer could undo the cancellation now."""
    if appointment.status is not Status.CANCELLED or now >= appointment.span.start:
        return False
    if not await _is_customers_own(unit, appointment.id):
        return False
    offering = _without_notice(await unit.offerings.get(appointment.offering_id))
    wanted = Wanted(adviser_id=appointment.adviser_id)
    return await free_slot(unit, offering, appointment.span.start, now=now, wanted=wanted) is not None


async def _is_customers_own(unit: BookingUnit, appointment_id: UUID) -> bool:
    """Tell whether it was the customer who cancelled last."""
    history = await unit.facts.of(appointment_id)
    cancelled_by = [fact.by for fact in history if fact.kind is FactKind.CANCELLED]
    return cancelled_by[-1:] == [Actor.CUSTOMER]


def _without_notice(offering: Offering) -> Offering:
    """Return the offering as bookable up to the start, and as far ahead as it was."""
    return replace(offering, notice=timedelta(0), horizon=offering.notice + offering.horizon)

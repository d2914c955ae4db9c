"""Wait for an earlier time, and stop waiting."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.appointment import Status
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, Fact, FactKind, told
from booking.ports import BookingUnit
from booking.waiting import Waiting


@dataclass(frozen=True, slots=True)
class EarlierWish:
    """Which earlier times would suit: from a moment on, of one adviser alone, or any."""

    not_before: datetime | None = None
    same_adviser: bool = False


async def wait(
    unit: BookingUnit, appointment_id: UUID, wish: EarlierWish, *, by: Actor, now: datetime
) -> Waiting:
    """Put the appointment's customer on the waitlist; who waits already keeps their place.

    Raises WrongStatus when it is not booked, and TooLate once it has started.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if appointment.status is not Status.BOOKED:
        raise WrongStatus(appointment.status)
    if now >= appointment.span.start:
        raise TooLate(appointment.span.start)
    before = await unit.waitlist.of(appointment_id)
    waiting = Waiting(
        appointment_id=appointment_id,
        since=before.since if before else now,
        not_before=wish.not_before,
        same_adviser=wish.same_adviser,
    )
    if waiting == before:
        return waiting
    await unit.waitlist.put(waiting)
    await unit.freed_slots.wake(appointment.offering_id, now=now)
    detail = {
        "not_before": told(wish.not_before) if wish.not_before else None,
        "same_adviser": wish.same_adviser,
    }
    await unit.facts.append(
        Fact(appointment_id=appointment_id, at=now, kind=FactKind.WAITLISTED, by=by, detail=detail)
    )
    return waiting


async def stop_waiting(unit: BookingUnit, appointment_id: UUID, *, by: Actor, now: datetime) -> None:
    """Take the customer off the waitlist, whatever became of the appointment; a second time does nothing."""
    appointment = await unit.appointments.locked(appointment_id)
    if await unit.waitlist.of(appointment.id) is None:
        return
    await unit.waitlist.remove(appointment.id)
    await unit.facts.append(Fact(appointment_id=appointment.id, at=now, kind=FactKind.WAITLIST_LEFT, by=by))

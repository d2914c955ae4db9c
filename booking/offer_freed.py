"""Offer a freed slot to who has waited longest and can use it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from booking.appointment import Appointment, Status
from booking.fact import Actor, Fact, FactKind, told
from booking.find_slots import Wanted, free_slot
from booking.freed_slot import FreedSlot, FreedState, answer_by
from booking.hold import Hold
from booking.letter import LetterKind
from booking.offer import Offer
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.quiet_hours import quiet_until
from booking.refill import RefillMode
from booking.slot import Slot
from booking.tell import tell

AGAIN = timedelta(minutes=2)
"""How soon to look again when nobody fits now, or somebody has the slot for the moment."""

AT_A_LOOK = 20


async def offer_next(unit: BookingUnit, freed_id: UUID, *, now: datetime) -> Offer | None:
    """Offer a freed slot to one more person, or keep when to look again and return None.

    One by one there is one offer at a time, and a hold keeps the slot for it; to all there is no hold, and
    calling again makes the next offer. At night an offer waits for the morning, unless the slot would be
    lost by then.
    """
    freed = await unit.freed_slots.get(freed_id)
    if freed.state is not FreedState.OPEN:
        return None
    offering = await unit.offerings.get(freed.offering_id)
    if answer_by(freed, offering, now=now) is None:
        await unit.freed_slots.end(freed_id, FreedState.OVER)
        return None
    look_at = await _not_yet(unit, freed, offering, now)
    if look_at is None:
        appointment = await _next_in_line(unit, freed, now)
        look_at = _morning(appointment, freed, offering, now) if appointment else now + AGAIN
        if appointment and look_at is None:
            return await _offer_to(unit, appointment.id, freed_id, offering, now)
    await unit.freed_slots.put_off(freed_id, look_at or now + AGAIN)
    return None


async def _not_yet(unit: BookingUnit, freed: FreedSlot, offering: Offering, now: datetime) -> datetime | None:
    """Return when to look again if it is nobody's turn now: nobody is asked, or somebody is already."""
    if offering.refill.mode is RefillMode.OFF:
        return now + AGAIN
    if offering.refill.mode is RefillMode.ONE_BY_ONE:
        standing = await unit.offers.standing(freed.id)
        return max((one.expires_at for one in standing), default=None)
    return None


def _morning(
    appointment: Appointment, freed: FreedSlot, offering: Offering, now: datetime
) -> datetime | None:
    """Return when the customer's night ends, if it is night and the slot can wait for so long."""
    ends_at = quiet_until(now, appointment.zone)
    if ends_at and answer_by(freed, offering, now=ends_at):
        return ends_at
    return None


async def _next_in_line(unit: BookingUnit, freed: FreedSlot, now: datetime) -> Appointment | None:
    languages = (await unit.advisers.get(freed.adviser_id)).languages
    for appointment_id in await _fitting(unit, freed, languages, now):
        appointment = await unit.appointments.get(appointment_id)
        if not await _has_other_plans(unit, appointment, freed, now):
            return appointment
    return None


async def _fitting(
    unit: BookingUnit, freed: FreedSlot, languages: Collection[str], now: datetime
) -> Collection[UUID]:
    return await unit.waitlist.fitting(freed, languages, now=now, limit=AT_A_LOOK)


async def _has_other_plans(
    unit: BookingUnit, appointment: Appointment, freed: FreedSlot, now: datetime
) -> bool:
    """Tell whether the customer has another appointment at the time of the slot."""
    customer = appointment.customer
    theirs = (
        await unit.appointments.ahead_of(customer.email, now=now)
        if customer.email
        else await unit.appointments.all_ahead_of(customer, now=now)
    )
    return any(
        one.id != appointment.id and one.customer.key == customer.key and one.span.overlaps(freed.span)
        for one in theirs
    )


async def _offer_to(
    unit: BookingUnit, appointment_id: UUID, freed_id: UUID, offering: Offering, now: datetime
) -> Offer | None:
    """Lock who is asked, the slot and its adviser, in this order as `claim` does; look again; offer."""
    appointment = await unit.appointments.locked(appointment_id)
    freed = await unit.freed_slots.locked(freed_id)
    await unit.calendar.lock([freed.adviser_id])
    if not await _still_fits(unit, appointment, freed, offering, now):
        return None  # somebody changed it at this moment: the next look sees what holds now
    wanted = Wanted(adviser_id=freed.adviser_id)
    slot = await free_slot(unit, offering, freed.span.start, now=now, wanted=wanted)
    expires_at = answer_by(freed, offering, now=now)
    if slot is None or expires_at is None:
        await unit.freed_slots.put_off(freed_id, now + AGAIN)
        return None
    offer = _offer(appointment, freed, slot, expires_at, now)
    if offering.refill.mode is RefillMode.ONE_BY_ONE:
        hold = _hold(offer, offering)
        await unit.holds.add(hold, now=now)
        offer = replace(offer, hold_id=hold.id)
        await unit.freed_slots.put_off(freed_id, expires_at)
    await unit.offers.add(offer)
    await _tell(unit, appointment, offer, now)
    return offer


async def _still_fits(
    unit: BookingUnit, appointment: Appointment, freed: FreedSlot, offering: Offering, now: datetime
) -> bool:
    languages = (await unit.advisers.get(freed.adviser_id)).languages
    return (
        appointment.status is Status.BOOKED
        and freed.state is FreedState.OPEN
        and await _not_yet(unit, freed, offering, now) is None
        and appointment.id in await _fitting(unit, freed, languages, now)
    )


def _offer(
    appointment: Appointment, freed: FreedSlot, slot: Slot, expires_at: datetime, now: datetime
) -> Offer:
    return Offer(
        id=uuid4(),
        freed_id=freed.id,
        appointment_id=appointment.id,
        adviser_id=slot.adviser_id,
        span=slot.span,
        offered_at=now,
        expires_at=expires_at,
    )


def _hold(offer: Offer, offering: Offering) -> Hold:
    """Return what keeps the slot for an offer; it counts among nobody's holds."""
    return Hold(
        id=uuid4(),
        offering_id=offering.id,
        adviser_id=offer.adviser_id,
        span=offer.span,
        busy=offering.busy(offer.span),
        held_at=offer.offered_at,
        expires_at=offer.expires_at,
        until=offer.expires_at,
        holder=offer.id.bytes,
        address=offer.id.bytes,
    )


async def _tell(unit: BookingUnit, appointment: Appointment, offer: Offer, now: datetime) -> None:
    detail = {
        "offer": str(offer.id),
        "start": told(offer.span.start),
        "adviser": str(offer.adviser_id),
        "until": told(offer.expires_at),
    }
    await unit.facts.append(
        Fact(appointment_id=appointment.id, at=now, kind=FactKind.OFFERED, by=Actor.SYSTEM, detail=detail)
    )
    await tell(unit, appointment, LetterKind.OFFER, at=now, offer_id=offer.id)

"""End an offer without a claim: its customer keeps their time, or it can no longer be claimed."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.fact import Actor, Fact, FactKind, told
from booking.freed_slot import FreedState
from booking.offer import Offer, OfferState
from booking.ports import BookingUnit


async def decline(unit: BookingUnit, offer_id: UUID, *, now: datetime) -> Offer:
    """Keep one's own time; the next in line is asked. An offer that has ended stays as it is."""
    offer, appointment = await _locked(unit, offer_id)
    if not offer.is_open(now):
        return offer
    return await _end(unit, offer, appointment, OfferState.DECLINED, by=Actor.CUSTOMER, now=now)


async def end_offer(unit: BookingUnit, offer_id: UUID, *, now: datetime) -> Offer:
    """End an offer whose deadline is over, or which became void; one that has ended stays as it is."""
    offer, appointment = await _locked(unit, offer_id)
    if offer.state is not OfferState.OPEN:
        return offer
    if now >= offer.expires_at:
        state = OfferState.EXPIRED
    elif (await unit.freed_slots.get(offer.freed_id)).state is FreedState.CLAIMED:
        state = OfferState.TAKEN
    else:
        state = OfferState.WITHDRAWN
    return await _end(unit, offer, appointment, state, by=Actor.SYSTEM, now=now)


async def _locked(unit: BookingUnit, offer_id: UUID) -> tuple[Offer, Appointment]:
    """Return the offer as it stands once nobody else can change it."""
    found = await unit.offers.get(offer_id)
    appointment = await unit.appointments.locked(found.appointment_id)
    return await unit.offers.get(offer_id), appointment


async def _end(
    unit: BookingUnit, offer: Offer, appointment: Appointment, state: OfferState, *, by: Actor, now: datetime
) -> Offer:
    """Write how it ended, give the slot back, and have the offering's freed slots looked at anew."""
    ended = replace(offer, state=state)
    await unit.offers.change(ended)
    if offer.hold_id:
        await unit.holds.remove(offer.hold_id)
    await unit.freed_slots.wake(appointment.offering_id, now=now)
    is_declined = state is OfferState.DECLINED
    detail = {"offer": str(offer.id), "start": told(offer.span.start)}
    fact = Fact(
        appointment_id=appointment.id,
        at=now,
        kind=FactKind.OFFER_DECLINED if is_declined else FactKind.OFFER_EXPIRED,
        by=by,
        detail=detail if is_declined else detail | {"why": str(state)},
    )
    await unit.facts.append(fact)
    return ended

"""Take an offered time: one of all who want it gets it, and everybody else keeps what they have."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.errors import (
    NotFound,
    OfferLate,
    OfferTaken,
    OfferWithdrawn,
    SlotNotOffered,
    SlotTaken,
    TooLate,
)
from booking.fact import Actor, Fact, FactKind, told
from booking.find_slots import Wanted
from booking.freed_slot import FreedState
from booking.offer import Offer, OfferState
from booking.ports import BookingUnit
from booking.put import put_at
from booking.take_slot import take_slot


@dataclass(frozen=True, slots=True)
class Claimed:
    """The appointment as it stands now; `is_new` is false when it was claimed before."""

    appointment: Appointment
    is_new: bool


async def claim(unit: BookingUnit, offer_id: UUID, *, now: datetime) -> Claimed:
    """Move the waiting appointment to the offered slot, which frees its old time in turn.

    A second claim by the same person changes nothing. Raises OfferLate after the deadline, OfferTaken when
    somebody was quicker, OfferWithdrawn when the slot is closed, or was declined, or is no longer an earlier
    one, and OwnOverlap when the customer has another appointment at that time.
    """
    found = await unit.offers.get(offer_id)
    appointment = await unit.appointments.locked(found.appointment_id)
    offer = await unit.offers.get(offer_id)  # anew: whoever changes it holds the appointment
    if offer.state is OfferState.CLAIMED:
        return Claimed(appointment, is_new=False)
    _check(offer, appointment, now)
    freed = await unit.freed_slots.locked(offer.freed_id)
    if freed.state is FreedState.CLAIMED:
        raise OfferTaken(offer.span.start)
    moved = await _move(unit, offer, appointment, now)
    await unit.offers.change(replace(offer, state=OfferState.CLAIMED))
    await unit.freed_slots.end(freed.id, FreedState.CLAIMED)
    await unit.waitlist.remove(appointment.id)
    detail = {"offer": str(offer.id), "start": told(offer.span.start)}
    kind = FactKind.OFFER_CLAIMED
    await unit.facts.append(
        Fact(appointment_id=moved.id, at=now, kind=kind, by=Actor.CUSTOMER, detail=detail)
    )
    return Claimed(moved, is_new=True)


def _check(offer: Offer, appointment: Appointment, now: datetime) -> None:
    start = offer.span.start
    if offer.state is OfferState.TAKEN:
        raise OfferTaken(start)
    if offer.state in (OfferState.DECLINED, OfferState.WITHDRAWN):
        raise OfferWithdrawn(start)
    if offer.state is OfferState.EXPIRED or now >= offer.expires_at:
        raise OfferLate(start)
    if appointment.status is not Status.BOOKED or appointment.span.start <= start:
        raise OfferWithdrawn(start)


async def _move(unit: BookingUnit, offer: Offer, appointment: Appointment, now: datetime) -> Appointment:
    offering = await unit.offerings.get(appointment.offering_id)
    kept = {offer.hold_id} if offer.hold_id else set()
    wanted = Wanted(adviser_id=offer.adviser_id, but_not_of=frozenset({appointment.id, *kept}))
    try:
        slot = await take_slot(unit, offering, offer.span.start, now=now, wanted=wanted)
        if offer.hold_id:
            await unit.holds.remove(offer.hold_id)
        by = Actor.CUSTOMER
        return await put_at(unit, appointment, slot, offering, kind=FactKind.MOVED, by=by, now=now)
    except SlotTaken:
        raise OfferTaken(offer.span.start) from None
    except TooLate:
        raise OfferLate(offer.span.start) from None
    except (SlotNotOffered, NotFound):
        raise OfferWithdrawn(offer.span.start) from None

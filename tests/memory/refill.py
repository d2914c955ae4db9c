"""Who waits, what was freed and what was offered, in memory."""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.appointment import Appointment, Customer, Status
from booking.attendance import MET
from booking.errors import NotFound
from booking.freed_slot import FreedSlot, FreedState
from booking.offer import MOST_A_DAY, MOST_COUNTED_OVER, Offer, OfferState
from booking.refill_rate import Refillable
from booking.slot import Slot
from booking.time_span import TimeSpan
from booking.waiting import Waiting
from tests.memory.state import State


class MemoryWaitlist:
    def __init__(self, state: State) -> None:
        self._state = state

    async def put(self, waiting: Waiting) -> None:
        self._state.waitlist[waiting.appointment_id] = waiting

    async def of(self, appointment_id: UUID) -> Waiting | None:
        return self._state.waitlist.get(appointment_id)

    async def remove(self, appointment_id: UUID) -> None:
        if appointment_id in self._state.waitlist:
            del self._state.waitlist[appointment_id]

    async def fitting(
        self, freed: FreedSlot, languages: Collection[str], *, now: datetime, limit: int
    ) -> Sequence[UUID]:
        ordered = sorted(self._state.waitlist.values(), key=lambda one: (one.since, str(one.appointment_id)))
        pairs = [(one, self._state.appointments[one.appointment_id]) for one in ordered]
        fits = [
            appointment.id
            for waiting, appointment in pairs
            if _wants(waiting, appointment, freed)
            and appointment.customer.language in languages
            and self._may_be_asked(appointment, freed, now)
        ]
        return fits[:limit]

    async def counts(self, *, now: datetime) -> Mapping[UUID, int]:
        waiting = (self._state.appointments[one] for one in self._state.waitlist)
        return Counter(
            one.offering_id for one in waiting if one.status is Status.BOOKED and one.span.start > now
        )

    def _may_be_asked(self, appointment: Appointment, freed: FreedSlot, now: datetime) -> bool:
        customer = appointment.customer
        offers = self._state.offers.values()
        theirs = [
            one for one in offers if _is_same(customer, self._state.appointments[one.appointment_id].customer)
        ]
        by_sms = customer.phone_key and customer.reached_by in ("sms", "both")
        is_stopped = customer.phone_key in self._state.stopped_numbers
        return bool(customer.email or (by_sms and not is_stopped)) and not (
            any(one.state is OfferState.OPEN for one in theirs)
            or sum(one.offered_at > now - MOST_COUNTED_OVER for one in theirs) >= MOST_A_DAY
            or any(
                one.appointment_id == appointment.id
                and (one.adviser_id, one.span.start) == (freed.adviser_id, freed.span.start)
                for one in theirs
            )
        )


def _is_same(one: Customer, other: Customer) -> bool:
    return one.email_key == other.email_key if one.email_key else one.phone_key == other.phone_key


def _wants(waiting: Waiting, appointment: Appointment, freed: FreedSlot) -> bool:
    return (
        appointment.id != freed.appointment_id
        and appointment.offering_id == freed.offering_id
        and appointment.status is Status.BOOKED
        and appointment.span.start > freed.span.start
        and (waiting.not_before is None or waiting.not_before <= freed.span.start)
        and (not waiting.same_adviser or appointment.adviser_id == freed.adviser_id)
    )


class MemoryFreedSlots:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, freed: FreedSlot) -> None:
        self._state.freed_slots[freed.id] = freed

    async def get(self, freed_id: UUID) -> FreedSlot:
        if freed_id not in self._state.freed_slots:
            raise NotFound(freed_id)
        return self._state.freed_slots[freed_id]

    async def locked(self, freed_id: UUID) -> FreedSlot:
        return await self.get(freed_id)

    async def end(self, freed_id: UUID, state: FreedState) -> None:
        freed = self._state.freed_slots[freed_id]
        if freed.state is FreedState.OPEN:
            self._state.freed_slots[freed_id] = replace(freed, state=state)

    async def put_off(self, freed_id: UUID, until: datetime) -> None:
        freed = self._state.freed_slots[freed_id]
        if freed.state is FreedState.OPEN:
            self._state.freed_slots[freed_id] = replace(freed, look_at=until)

    async def to_look_at(self, now: datetime, *, limit: int) -> Sequence[FreedSlot]:
        due = (one for one in self._state.freed_slots.values() if one.look_at <= now)
        open_ones = (one for one in due if one.state is FreedState.OPEN)
        return sorted(open_ones, key=lambda one: (one.span.start, str(one.id)))[:limit]

    async def wake(self, offering_id: UUID, *, now: datetime) -> None:
        for freed in [one for one in self._state.freed_slots.values() if one.offering_id == offering_id]:
            if freed.look_at > now:
                await self.put_off(freed.id, now)

    async def refillable(self, within: TimeSpan) -> Sequence[Refillable]:
        found = (
            one for one in self._state.freed_slots.values() if within.start <= one.span.start < within.end
        )
        return [self._line(one) for one in sorted(found, key=lambda one: (one.freed_at, str(one.id)))]

    def _line(self, freed: FreedSlot) -> Refillable:
        there = [
            one
            for one in self._state.appointments.values()
            if one.adviser_id == freed.adviser_id
            and one.span.overlaps(freed.span)
            and one.status is not Status.CANCELLED
        ]
        return Refillable(
            appointment_id=freed.appointment_id,
            adviser_id=freed.adviser_id,
            span=freed.span,
            freed_at=freed.freed_at,
            is_closed=is_closed(self._state, Slot(freed.span, freed.adviser_id), freed.offering_id),
            offers=sum(one.freed_id == freed.id for one in self._state.offers.values()),
            booked_by=frozenset(one.id for one in there),
            met_by=frozenset(one.id for one in there if one.outcome in MET),
        )


class MemoryOffers:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, offer: Offer) -> str:
        token = secrets.token_urlsafe(16)
        self._state.offers[offer.id] = offer
        self._state.offer_tokens[token] = offer.id
        return token

    async def get(self, offer_id: UUID) -> Offer:
        if offer_id not in self._state.offers:
            raise NotFound(offer_id)
        return self._state.offers[offer_id]

    async def behind(self, token: str) -> Offer:
        if token not in self._state.offer_tokens:
            raise NotFound
        return self._state.offers[self._state.offer_tokens[token]]

    async def token(self, offer_id: UUID) -> str:
        for token, one in self._state.offer_tokens.items():
            if one == offer_id:
                return token
        raise NotFound(offer_id)

    async def change(self, offer: Offer) -> None:
        kept = self._state.offers[offer.id]
        self._state.offers[offer.id] = replace(kept, state=offer.state)

    async def open_of(self, appointment_id: UUID) -> Offer | None:
        open_ones = (one for one in self._state.offers.values() if one.state is OfferState.OPEN)
        return next((one for one in open_ones if one.appointment_id == appointment_id), None)

    async def all_open(self) -> Sequence[Offer]:
        open_ones = (one for one in self._state.offers.values() if one.state is OfferState.OPEN)
        return sorted(open_ones, key=lambda one: (one.expires_at, str(one.id)))

    async def standing(self, freed_id: UUID) -> Sequence[Offer]:
        of_slot = (one for one in self._state.offers.values() if one.freed_id == freed_id)
        open_ones = (one for one in of_slot if one.state is OfferState.OPEN)
        return sorted(open_ones, key=lambda one: (one.offered_at, str(one.id)))

    async def to_end(self, now: datetime, *, limit: int) -> Sequence[Offer]:
        open_ones = (one for one in self._state.offers.values() if one.state is OfferState.OPEN)
        void = (one for one in open_ones if self._is_void(one, now))
        return sorted(void, key=lambda one: (one.expires_at, str(one.id)))[:limit]

    def _is_void(self, offer: Offer, now: datetime) -> bool:
        appointment = self._state.appointments[offer.appointment_id]
        return (
            offer.expires_at <= now
            or self._state.freed_slots[offer.freed_id].state is FreedState.CLAIMED
            or appointment.status is not Status.BOOKED
            or appointment.span.start <= offer.span.start
            or is_closed(self._state, offer.slot, appointment.offering_id)
        )


def is_closed(state: State, slot: Slot, offering_id: UUID) -> bool:
    return any(
        one.span.overlaps(slot.span)
        and one.adviser_id in (None, slot.adviser_id)
        and one.offering_id in (None, offering_id)
        for one in state.closures.values()
    )

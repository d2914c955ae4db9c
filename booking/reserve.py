"""Book what is wished."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from booking.appointment import Appointment, Customer, wall_time
from booking.call_time import take_call_time
from booking.drop_in import take_soonest
from booking.errors import InQueueAlready, InvitationOver, NotFound, TooManyBookings
from booking.fact import Actor, Fact, FactKind, timed
from booking.find_slots import Wanted
from booking.hold import Hold
from booking.invitation import Invitation
from booking.letter import LetterKind
from booking.offering import Offering
from booking.own_time import told_what_is_free
from booking.ports import BookingUnit
from booking.put import plan_letters
from booking.question import answers_to
from booking.slot import Slot
from booking.source import DROP_IN
from booking.take_slot import take_slot
from booking.texts import in_language


class Queue(StrEnum):
    """How somebody comes who asks for no time: now, or to be called at the next one that is free."""

    NOW = "now"
    CALL = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to book; without an adviser, anybody who is free and speaks the language will do.

    `hold_id` is the hold that keeps the slot for them, if one does. `zone` is the customer's, the offering's
    when left out. `answers` are as they were given, by question key; None when nothing was asked. `shown_in`
    is the language in which questions and terms were shown, the customer's when left out. `among` are the
    only advisers who will do, where not all of the offering will. `via` is the token of the invitation that
    it comes by, whose offering, adviser and source hold. Who comes by the `queue` has the soonest time
    instead of `start`, or is called at `start`.
    """

    offering_id: UUID
    start: datetime
    customer: Customer
    adviser_id: UUID | None = None
    language: str | None = None
    hold_id: UUID | None = None
    zone: str | None = None
    answers: Mapping[str, str] | None = field(default=None)
    shown_in: str = ""
    by: Actor = Actor.CUSTOMER
    source: str = ""
    among: frozenset[UUID] | None = None
    via: str = ""
    queue: Queue | None = None


@dataclass(frozen=True, slots=True)
class Reserved:
    """A new appointment, and the token of the customer's personal link to it."""

    appointment: Appointment
    token: str


async def reserve(unit: BookingUnit, wish: Wish, *, now: datetime, most_ahead: int | None = None) -> Reserved:
    """Book what is wished, plan its reminders, and say so.

    A hold that has run out changes nothing as long as the slot is free. Raises what `take_slot` and
    `answers_to` raise, InvitationOver where it comes by one that is, TooManyBookings when the customer has
    `most_ahead` already, and OwnOverlap and SlotTaken from the store, which alone has the last word; of who
    comes by the queue, NobodyFree and InQueueAlready. Who is to be called is written no letters.
    """
    invitation = await _invitation(unit, wish, now=now)
    wish = _as_invited(wish, invitation)
    offering = await unit.offerings.get(wish.offering_id)
    if most_ahead is not None:
        await _check(unit, wish.customer, most_ahead, now=now)
    slot = await _slot(unit, wish, offering, now=now)
    if wish.hold_id:
        await unit.holds.remove(wish.hold_id)
    appointment = _appointment(wish, offering, slot, now)
    async with told_what_is_free(unit, offering, appointment.id, now=now):
        await unit.appointments.add(appointment, now=now)
    if invitation:
        await unit.invitations.use(invitation.id, appointment.id, at=now)
    token = await unit.links.make(appointment.id)
    await _keep_intake(unit, appointment, offering, wish)
    await unit.facts.append(
        Fact(
            appointment_id=appointment.id,
            at=now,
            kind=FactKind.BOOKED,
            by=wish.by,
            detail=timed(slot.span) | ({"drop_in": True} if wish.queue else {}),
        )
    )
    if wish.queue is not Queue.CALL:
        await plan_letters(unit, appointment, offering, LetterKind.BOOKED, now=now)
    return Reserved(appointment, token)


async def _slot(unit: BookingUnit, wish: Wish, offering: Offering, *, now: datetime) -> Slot:
    """Take the time that is wished, or the soonest for who comes by the queue, once at a time."""
    if wish.queue:
        ahead = await unit.appointments.all_ahead_of(wish.customer, now=now)
        if any(one.is_drop_in for one in ahead):
            raise InQueueAlready
    if wish.queue is Queue.NOW:
        return await take_soonest(unit, offering, now=now)
    take = take_call_time if wish.queue is Queue.CALL else take_slot
    return await take(unit, offering, wish.start, now=now, wanted=await _wanted(unit, wish, now=now))


async def _invitation(unit: BookingUnit, wish: Wish, *, now: datetime) -> Invitation | None:
    if not wish.via:
        return None
    invitation = await unit.invitations.by_token(wish.via)
    if not invitation.is_open(now):
        raise InvitationOver(invitation.standing(now))
    if invitation.offering_id != wish.offering_id:
        raise NotFound(wish.offering_id)
    return invitation


def _as_invited(wish: Wish, invitation: Invitation | None) -> Wish:
    """Put what the invitation says in place of what the wish says of the same."""
    if invitation is None:
        return wish
    adviser_id = invitation.adviser_id or wish.adviser_id
    return replace(wish, adviser_id=adviser_id, source=invitation.source)


async def _wanted(unit: BookingUnit, wish: Wish, *, now: datetime) -> Wanted:
    """Let the hold's own time count as free, and mean its adviser while it keeps the start that is wished."""
    hold = await _hold(unit, wish.hold_id)
    keeps_it = hold is not None and hold.is_open(now) and _is_for(hold, wish)
    return Wanted(
        adviser_id=wish.adviser_id or (hold.adviser_id if hold and keeps_it else None),
        language=wish.language,
        among=wish.among,
        but_not_of=frozenset({hold.id} if hold else ()),
    )


async def _hold(unit: BookingUnit, hold_id: UUID | None) -> Hold | None:
    """Return a hold that is still there; the id of anything else, an appointment's too, is none."""
    if hold_id is None:
        return None
    try:
        return await unit.holds.get(hold_id)
    except NotFound:
        return None


def _is_for(hold: Hold, wish: Wish) -> bool:
    return (hold.offering_id, hold.span.start) == (wish.offering_id, wish.start)


def _appointment(wish: Wish, offering: Offering, slot: Slot, now: datetime) -> Appointment:
    zone = wish.zone or offering.zone
    return Appointment(
        id=uuid4(),
        offering_id=offering.id,
        adviser_id=slot.adviser_id,
        span=slot.span,
        zone=zone,
        wall_start=wall_time(slot.span.start, zone),
        customer=wish.customer,
        booked_at=now,
        buffer_before=offering.buffer_before,
        buffer_after=offering.buffer_after,
        source=DROP_IN if wish.queue else wish.source,
    )


async def _keep_intake(unit: BookingUnit, appointment: Appointment, offering: Offering, wish: Wish) -> None:
    """Keep what was asked and shown; a caller that shows no form has neither answers nor terms."""
    if wish.answers is None:
        return
    language = wish.shown_in or wish.customer.language
    answers = answers_to(offering.questions, wish.answers, language)
    terms = in_language(offering.terms, language)
    if answers or terms:
        await unit.intakes.add(appointment.id, answers, terms=terms, language=language)


async def _check(unit: BookingUnit, customer: Customer, most: int, *, now: datetime) -> None:
    if len(await unit.appointments.all_ahead_of(customer, now=now)) >= most:
        raise TooManyBookings

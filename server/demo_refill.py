"""What became of the times that made-up customers gave up: somebody who waited claimed most of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from booking.appointment import Appointment, Customer, Status
from booking.fact import Actor, Detail, Fact, FactKind, timed, told
from booking.freed_slot import FreedSlot, FreedState
from booking.offer import Offer, OfferState
from booking.outcome import decide
from booking.time_span import TimeSpan
from server.database.demo_letters import PastLetter
from server.database.unit import SqlUnit
from server.demo_data import ZONE, demo_id
from server.demo_events import events
from server.demo_post import posted

NOBODY = Customer(name="Demo", email="demo@example.org")
TAKEN, MET = 0.65, 0.9
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def give_on(
    unit: SqlUnit, given_up: Appointment, at: datetime, chance: Random, post: Random
) -> Sequence[PastLetter]:
    """Free an appointment's time at a moment; by chance somebody claims it for a later one.

    Returns that one's letters.
    """
    is_taken = chance.random() < TAKEN
    freed = _freed(given_up, given_up.span, at, is_taken=is_taken)
    await unit.freed_slots.add(freed)
    await unit.facts.append(_freed_fact(freed))
    if not is_taken:
        return ()
    return await _claim(unit, freed, given_up, "met" if chance.random() < MET else "no_show", post)


async def _claim(
    unit: SqlUnit, freed: FreedSlot, given_up: Appointment, case: str, post: Random
) -> Sequence[PastLetter]:
    offer = _offer(freed)
    later = _later(freed.span)
    own = replace(given_up, id=offer.appointment_id, span=later, customer=NOBODY)
    old = _freed(own, later, offer.offered_at + 6 * MINUTE, is_taken=False)
    booked, waits, asked, moved, took = _story(freed, offer, later)
    meeting = events(case, own.id, freed.span)
    facts = [booked, waits, asked, moved, _freed_fact(old), took, *meeting]
    rules = (await unit.offerings.get(freed.offering_id)).rules
    claimed = replace(
        own,
        span=freed.span,
        booked_at=facts[0].at,
        status=Status.CLOSED,
        sequence=1,
        outcome=decide(facts, rules, until=freed.span.end),
    )
    told = posted(claimed, facts, post)
    await unit.appointments.add(told.appointment, now=claimed.booked_at)
    await unit.offers.add(offer)
    for fact in told.facts:
        await unit.facts.append(fact)
    await unit.freed_slots.add(old)
    return told.letters


def _story(freed: FreedSlot, offer: Offer, later: TimeSpan) -> Iterator[Fact]:
    """Tell it from the waiting customer's side, up to the move."""
    made, claimed = offer.offered_at, offer.offered_at + 6 * MINUTE
    named: Mapping[str, str] = {"offer": str(offer.id), "start": told(freed.span.start)}
    asked: Detail = {**named, "adviser": str(freed.adviser_id), "until": told(offer.expires_at)}
    moved: Detail = {**timed(freed.span), "from": told(later.start)}
    for at, kind, by, detail in (
        (made - 4 * DAY, FactKind.BOOKED, Actor.CUSTOMER, timed(later)),
        (made - 4 * DAY + MINUTE, FactKind.WAITLISTED, Actor.CUSTOMER, {"same_adviser": False}),
        (made, FactKind.OFFERED, Actor.SYSTEM, asked),
        (claimed, FactKind.MOVED, Actor.CUSTOMER, moved),
        (claimed, FactKind.OFFER_CLAIMED, Actor.CUSTOMER, named),
    ):
        yield Fact(appointment_id=offer.appointment_id, at=at, kind=kind, by=by, detail=detail)


def _offer(freed: FreedSlot) -> Offer:
    made = freed.freed_at + 2 * MINUTE
    return Offer(
        id=demo_id(f"offer of {freed.id}"),
        freed_id=freed.id,
        appointment_id=demo_id(f"taker of {freed.id}"),
        adviser_id=freed.adviser_id,
        span=freed.span,
        offered_at=made,
        expires_at=made + 30 * MINUTE,
        state=OfferState.CLAIMED,
    )


def _freed(by: Appointment, span: TimeSpan, at: datetime, *, is_taken: bool) -> FreedSlot:
    return FreedSlot(
        id=demo_id(f"freed by {by.id}"),
        offering_id=by.offering_id,
        adviser_id=by.adviser_id,
        appointment_id=by.id,
        span=span,
        freed_at=at,
        look_at=at,
        state=FreedState.CLAIMED if is_taken else FreedState.OVER,
    )


def _freed_fact(freed: FreedSlot) -> Fact:
    notice: Detail = {"adviser": str(freed.adviser_id), "notice_minutes": freed.notice // MINUTE}
    detail: Detail = {**timed(freed.span), "freed": str(freed.id), **notice}
    kind, by = FactKind.FREED, Actor.CUSTOMER
    return Fact(appointment_id=freed.appointment_id, at=freed.freed_at, kind=kind, by=by, detail=detail)


def _later(span: TimeSpan) -> TimeSpan:
    """Return the time that somebody gave up for this one: three or more days on, in the late afternoon."""
    zone = ZoneInfo(ZONE)
    local = span.start.astimezone(zone) + 3 * DAY
    local += timedelta(days=max(0, 7 - local.weekday())) if local.weekday() > 4 else timedelta(0)
    start = local.replace(hour=15, minute=0).astimezone(UTC)
    return TimeSpan(start, start + span.length)

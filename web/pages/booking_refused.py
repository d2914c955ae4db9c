"""What somebody sees whose time cannot be had: why, and what can be had instead."""

from contextlib import suppress
from uuid import UUID

from aiohttp import web

from booking.errors import OwnOverlap, Refusal, SlotTaken, TooManyHolds
from booking.find_slots import Wanted, alternatives
from booking.offering import Offering
from booking.reserve import Wish
from booking.tell_overlap import tell_overlap
from web.asker import browser_digest, network_digest
from web.forms import Form
from web.keys import CLOCK, RATES, UNITS
from web.pages.booking_form import BookingForm
from web.pages.not_offered import not_offered
from web.pages.slot_question import SlotQuestion
from web.problems import headers_of
from web.reader_zone import chosen_zone, zone_of
from web.refusal import TooManyRequests
from web.render import page

NOTHING_TYPED: Form[BookingForm] = Form()


async def taken_page(
    request: web.Request,
    offering_id: UUID,
    refusal: Refusal | None,
    *,
    question: SlotQuestion,
    form: Form[BookingForm] = NOTHING_TYPED,
) -> web.Response:
    """Say that the time is gone, and offer the next ones, which keep what was typed."""
    now = request.app[CLOCK]()
    wanted = Wanted(language=question.language or None)
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(offering_id)
        if not offering.is_open:
            return await not_offered(request, unit)
        free = refusal.alternatives if isinstance(refusal, SlotTaken) else ()
        free = free or tuple(await alternatives(unit, offering, now, now=now, wanted=wanted))
    return page(
        request,
        "booking/taken.html",
        409,
        zone=zone_of(request, offering.zone),
        offering=offering,
        free=free,
        question=question,
        typed=typed_in(form),
        hold_id=request.match_info.get("hold_id", ""),
    )


async def overlap_page(
    request: web.Request,
    offering: Offering,
    overlap: OwnOverlap,
    *,
    question: SlotQuestion,
    form: Form[BookingForm],
) -> web.Response:
    """Say that the customer has no time then, and nothing of why; their own letter says it to them."""
    now, rates = request.app[CLOCK](), request.app[RATES]
    with suppress(TooManyRequests):  # the form can be sent again and again, their mailbox is not to fill
        await rates.an_hour(1, "overlap", str(overlap.appointment_id))
        await request.app[UNITS].do(lambda unit: tell_overlap(unit, overlap.appointment_id, now=now))
    return page(
        request,
        "booking/overlap.html",
        409,
        zone=zone_of(request, offering.zone),
        offering=offering,
        free=overlap.alternatives,
        question=question,
        typed=typed_in(form),
        hold_id=request.match_info["hold_id"],
    )


async def own_overlap(request: web.Request, wish: Wish, refusal: Refusal) -> OwnOverlap | None:
    """Return what stands in the way if it is the customer's own: a form sent twice, perhaps."""
    if not isinstance(refusal, SlotTaken):
        return None
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        ahead = await unit.appointments.ahead_of(wish.customer.email, now=now)
    for one in ahead:
        if one.customer.key == wish.customer.key and one.span.start <= wish.start < one.span.end:
            free = tuple(slot for slot in refusal.alternatives if slot.span.start >= one.span.end)
            return OwnOverlap(wish.start, one.id, free)
    return None


async def too_many_held(request: web.Request, refusal: TooManyHolds, question: SlotQuestion) -> web.Response:
    """Show what this browser has kept already, to go on with or to give back."""
    holder, network = browser_digest(request), network_digest(request)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        held = await unit.holds.open_of(holder, network, now=now)
        names = {one.id: one for one in await unit.offerings.all()}
    answer = page(
        request,
        "booking/too_many_held.html",
        429,
        zone=chosen_zone(request),
        held=[(one, names[one.offering_id]) for one in held if one.holder == holder],
        question=question,
    )
    answer.headers.update(headers_of(request, refusal))
    return answer


def typed_in(form: Form[BookingForm]) -> dict[str, str]:
    """Return what a person filled in, by field; the time and what is ours are left out."""
    if not form.values.get("name") and not form.values.get("email"):
        return {}
    ours = {"offering_id", "start", "adviser_id"}
    return {name: value for name, value in form.values.items() if name not in ours}

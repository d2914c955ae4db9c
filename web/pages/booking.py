"""Book a time: choose it, say who you are, and that is all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from aiohttp import web
from yarl import URL

from booking.appointment import Customer
from booking.errors import NotFound, SlotNotOffered, SlotTaken, TooLate
from booking.find_slots import Wanted, alternatives, free_slot
from booking.offering import Offering
from booking.reserve import Reserved, Wish, reserve
from booking.slot import Slot
from web.body import read_query
from web.forms import Form, submitted
from web.i18n import language_of
from web.keys import ADDRESS, ALLOWANCE, CLOCK, RATES, UNITS
from web.pages.booking_form import BookingForm, TimeQuestion
from web.pages.slot_page import SlotQuestion, query_of, slot_page
from web.render import page


async def slots(request: web.Request) -> web.Response:
    """Show the free times of an offering, the earliest first."""
    await request.app[RATES].a_minute(request.app[ALLOWANCE].slot_pages_a_minute, "slots", request[ADDRESS])
    question = read_query(request, SlotQuestion)
    now = request.app[CLOCK]()
    offering_id = _offering_id(request)

    def link(start: datetime) -> str:
        address = URL(f"/book/{offering_id}/details")
        return str(address.with_query(query_of(start, question.adviser_id)))

    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(offering_id)
        found = await slot_page(unit, offering, question, link, now=now)
    return page(request, "booking/slots.html", offering=offering, found=found, here=f"/book/{offering_id}")


async def details(request: web.Request) -> web.Response:
    """Ask who books; a time that somebody took meanwhile is refused before anything is typed."""
    question = read_query(request, TimeQuestion)
    values = {
        "offering_id": str(_offering_id(request)),
        "start": question.start.isoformat(),
        "adviser_id": str(question.adviser or ""),
        "language": language_of(request),
    }
    return await _details(request, Form(values=values), question.start, question.adviser)


async def book(request: web.Request) -> web.Response:
    form = await submitted(request, BookingForm)
    if form.model is None:
        return await _wrong(request, form)
    # Each booking writes a letter to whatever address it names, and takes a time from everybody else.
    most = request.app[ALLOWANCE].bookings_a_minute
    await request.app[RATES].a_minute(most, "booking", request[ADDRESS])
    try:
        reserved = await _reserve(request, form.model)
    except (SlotTaken, SlotNotOffered, TooLate) as refusal:
        return await _taken(request, form, _alternatives_in(refusal))
    raise web.HTTPSeeOther(f"/a/{reserved.token}?booked=1")


async def _reserve(request: web.Request, wanted: BookingForm) -> Reserved:
    wish = Wish(
        offering_id=wanted.offering_id,
        start=wanted.start,
        adviser_id=wanted.adviser_id,
        customer=Customer(name=wanted.name, email=wanted.email, phone=wanted.phone, language=wanted.language),
    )
    now = request.app[CLOCK]()
    return await request.app[UNITS].do(lambda unit: reserve(unit, wish, now=now))


async def _wrong(request: web.Request, form: Form[BookingForm]) -> web.Response:
    """Show the form again; without an offering and a time there is no form to show."""
    time = BookingForm.time_in(form.values)
    if time is None:
        raise NotFound
    return await _details(request, form, time.start, time.adviser_id, status=422)


async def _details(
    request: web.Request, form: Form[Any], start: datetime, adviser_id: UUID | None, status: int = 200
) -> web.Response:
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(_offering_id(request, form.values))
        slot = await free_slot(unit, offering, start, now=now, wanted=Wanted(adviser_id=adviser_id))
        adviser = await unit.advisers.get(adviser_id) if adviser_id else None
    if slot is None:
        return await _taken(request, form)
    return page(
        request,
        "booking/details.html",
        status,
        offering=offering,
        span=slot.span,
        adviser=adviser,
        form=form,
        errors=[(name, form.error(name)) for name in BookingForm.asked() if form.error(name)],
    )


async def _taken(request: web.Request, form: Form[Any], free: Sequence[Slot] = ()) -> web.Response:
    """Say that the time is gone, and offer the next ones with what was typed."""
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        offering: Offering = await unit.offerings.get(_offering_id(request, form.values))
        free = free or list(await alternatives(unit, offering, now, now=now))
    return page(
        request,
        "booking/taken.html",
        409,
        offering=offering,
        free=free,
        form=form,
        is_filled=form.model is not None,
    )


def _alternatives_in(refusal: Exception) -> Sequence[Slot]:
    return refusal.alternatives if isinstance(refusal, SlotTaken) else ()


def _offering_id(request: web.Request, values: Mapping[str, Any] | None = None) -> UUID:
    """Read the id from the path, or from what was sent. Raises NotFound when it is none."""
    written = request.match_info.get("offering_id") or str((values or {}).get("offering_id", ""))
    try:
        return UUID(written)
    except ValueError:
        raise NotFound(written) from None


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/book/{offering_id}", slots),
    web.get("/book/{offering_id}/details", details),
    web.post("/book", book),
)

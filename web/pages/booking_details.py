"""The form for a time that is kept, and booking it."""

from datetime import datetime
from uuid import UUID

from aiohttp import web

from booking.appointment import Customer
from booking.errors import HoldOver, NotFound, OwnOverlap, SlotNotOffered, SlotTaken, TooLate
from booking.find_slots import Wanted, free_slot
from booking.hold import Hold
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.reserve import Reserved, Wish, reserve
from web.body import read_query
from web.csrf import csrf_token
from web.forms import Form, submitted
from web.i18n import language_of
from web.keys import ALLOWANCE, CLOCK, SITE, UNITS, WHO_SEES
from web.mailboxes import count_named
from web.moments import moment_json
from web.pages.asked import answers_in, terms_seen
from web.pages.booking_form import BookedTime, BookingForm, checked
from web.pages.booking_refused import overlap_page, own_overlap, taken_page
from web.pages.hold_words import words
from web.pages.slot_question import SlotQuestion
from web.path import path_id
from web.reader_zone import zone_of
from web.render import page


async def details(request: web.Request) -> web.Response:
    """Ask who books. Raises HoldOver when the time was given back, booked, or ran out long ago."""
    question = read_query(request, SlotQuestion)
    hold_id = path_id(request, "hold_id")
    async with request.app[UNITS].read() as unit:
        hold = await _find(unit, hold_id)
    if hold is None:
        raise HoldOver(hold_id)
    form: Form[BookingForm] = Form(values=_first_values(request, hold, question))
    time = BookedTime.model_validate(form.values)
    return await _details(request, form, time, question)


async def book(request: web.Request) -> web.Response:
    """Book what the form says; a hold that has run out is missed only where somebody else was faster."""
    question = read_query(request, SlotQuestion)
    form = await submitted(request, BookingForm)
    time = BookingForm.time_in(form.values)
    if time is None:
        raise NotFound
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(time.offering_id)
    form = checked(form, offering, language_of(request))
    if form.model is None:
        return await _details(request, form, time, question, status=422)
    await count_named(request, form.model.email, form.model.phone)
    wish = _wish(request, form, form.model, offering, question)
    try:
        reserved = await _reserve(request, wish)
    except OwnOverlap as overlap:
        return await overlap_page(request, offering, overlap, question=question, form=form)
    except (SlotTaken, SlotNotOffered, TooLate) as refusal:
        overlap_there = await own_overlap(request, wish, refusal)
        if overlap_there:
            return await overlap_page(request, offering, overlap_there, question=question, form=form)
        return await taken_page(request, offering.id, refusal, question=question, form=form)
    raise web.HTTPSeeOther(f"/a/{reserved.token}?booked=1")


def _wish(
    request: web.Request,
    form: Form[BookingForm],
    asked: BookingForm,
    offering: Offering,
    question: SlotQuestion,
) -> Wish:
    return Wish(
        offering_id=offering.id,
        start=asked.start,
        adviser_id=asked.adviser_id,
        language=question.language or None,
        customer=Customer(
            name=asked.name,
            email=asked.email,
            phone=asked.phone,
            language=asked.language,
            reached_by=asked.reached_by if request.app[SITE].has_sms else "mail",
        ),
        hold_id=path_id(request, "hold_id"),
        zone=zone_of(request, offering.zone).key,
        answers=answers_in(form.values, offering),
        shown_in=language_of(request),
        source=question.source,
        via=question.via,
    )


async def _reserve(request: web.Request, wish: Wish) -> Reserved:
    now, most_ahead = request.app[CLOCK](), request.app[ALLOWANCE].bookings_per_person
    return await request.app[UNITS].do(lambda unit: reserve(unit, wish, now=now, most_ahead=most_ahead))


async def _details(
    request: web.Request,
    form: Form[BookingForm],
    time: BookedTime,
    question: SlotQuestion,
    status: int = 200,
) -> web.Response:
    now, language = request.app[CLOCK](), language_of(request)
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(time.offering_id)
        hold = await _find(unit, path_id(request, "hold_id"))
        hold = hold if hold and _keeps(hold, time, now) else None
        adviser_id = hold.adviser_id if hold else time.adviser_id
        adviser = await unit.advisers.get(adviser_id) if adviser_id else None
        wanted = Wanted(adviser_id=adviser_id, language=question.language or None)
        is_free = hold or await free_slot(unit, offering, time.start, now=now, wanted=wanted)
    if not is_free:
        return await taken_page(request, offering.id, None, question=question, form=form)
    request[WHO_SEES] = f"/book/{offering.id}/who-sees"
    return page(
        request,
        "booking/details.html",
        status,
        offering=offering,
        span=offering.span_at(time.start),
        adviser=adviser,
        until=hold.expires_at if hold else now,
        is_kept=hold is not None,
        form=form,
        terms_seen=terms_seen(offering, language),
        question=question,
        zone=zone_of(request, offering.zone),
        here=_here(request),
        data=_data(request, hold, now),
    )


def _data(request: web.Request, hold: Hold | None, now: datetime) -> dict[str, object]:
    left = hold.expires_at - now if hold else now - now
    return {
        "csrf": csrf_token(request),
        "hold": _here(request),
        "seconds": max(0, int(left.total_seconds())),
        "words": words(language_of(request)),
    }


def _here(request: web.Request) -> str:
    return f"/book/holds/{path_id(request, 'hold_id')}"


async def _find(unit: BookingUnit, hold_id: UUID) -> Hold | None:
    try:
        return await unit.holds.get(hold_id)
    except NotFound:
        return None


def _keeps(hold: Hold, time: BookedTime, now: datetime) -> bool:
    """Tell whether a hold keeps a form's time still."""
    is_same = (hold.offering_id, hold.span.start) == (time.offering_id, time.start)
    return is_same and hold.is_open(now)


def _first_values(request: web.Request, hold: Hold, question: SlotQuestion) -> dict[str, str]:
    return {
        "offering_id": str(hold.offering_id),
        "start": moment_json(hold.span.start),
        "adviser_id": str(question.adviser_id or ""),
        "language": language_of(request),
        "reached_by": "mail",
    }


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/book/holds/{hold_id}", details),
    web.post("/book/holds/{hold_id}", book),
)

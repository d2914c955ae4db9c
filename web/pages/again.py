"""Book again after an appointment that did not take place: as who one is, with what one has answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, BeforeValidator

from booking.answered_before import answered_before
from booking.errors import OwnOverlap, SlotNotOffered, SlotTaken, TooLate
from booking.question import Answer
from booking.reserve import Wish
from web.fields import Utc
from web.forms import Form, blank, submitted
from web.i18n import language_of
from web.keys import ALLOWANCE, CLOCK, UNITS
from web.mailboxes import count_change, count_named
from web.pages.again_once import booked_token, reserve_once
from web.pages.again_times import times_again
from web.pages.asked import answer_faults, answers_in, terms_faults, terms_seen, with_faults
from web.pages.visit import Visit, home_of, visit_of
from web.render import page

SOURCE = "again"


class ChosenSlot(BaseModel):
    start: Utc
    adviser: UUID


def _parted(text: object) -> object:
    start, _, adviser = str(text).partition(" ")
    return {"start": start, "adviser": adviser}


class AgainForm(BaseModel):
    """A time's button sends when and with whom."""

    slot: Annotated[ChosenSlot, BeforeValidator(_parted)]


@dataclass(frozen=True, slots=True)
class Before:
    """What is known from the booking before: its answers, and the terms as they were shown."""

    answers: Sequence[Answer]
    terms: str


async def ask(request: web.Request) -> web.Response:
    found = await _found(request)
    async with request.app[UNITS].read() as unit:
        token = await booked_token(unit, found.appointment.id)
    if token:
        raise web.HTTPSeeOther(f"/a/{token}")
    return await _shown(request, found, blank())


async def book(request: web.Request) -> web.Response:
    """Book for the same customer; a second press leads to what the first one booked."""
    form = await submitted(request, AgainForm)
    found = await _found(request)
    if form.model is None:
        return await _shown(request, found, form, refused="SlotNotOffered")
    before = await _before(request, found)
    form = _checked(request, form, found, before)
    if form.model is None:
        return await _shown(request, found, form, status=422)
    await _count(request, found)
    wish = _wish(request, found, form, form.model.slot, before)
    most_ahead = request.app[ALLOWANCE].bookings_per_person
    try:
        token = await reserve_once(request, found.appointment.id, wish, most_ahead=most_ahead)
    except (SlotTaken, SlotNotOffered, TooLate, OwnOverlap) as refusal:
        return await _shown(request, found, form, refused=type(refusal).__name__)
    raise web.HTTPSeeOther(f"/a/{token}?booked=1")


def can_book_again(found: Visit, now: datetime) -> bool:
    """Tell whether the appointment is over for its customer: not live, ended, or begun without them."""
    is_over = not found.appointment.is_live or found.is_past or now >= found.appointment.span.start
    return found.offering.is_open and is_over


async def _found(request: web.Request) -> Visit:
    found = await visit_of(request)
    if not can_book_again(found, request.app[CLOCK]()):
        raise web.HTTPSeeOther(home_of(request))
    return found


async def _before(request: web.Request, found: Visit) -> Before:
    async with request.app[UNITS].read() as unit:
        whose = found.appointment.id
        return Before(await unit.intakes.answers(whose), await unit.intakes.terms(whose))


def _given(form: Form[Any], found: Visit, before: Before) -> Mapping[str, str]:
    """Return what was answered now, else before."""
    given = {key: text for key, text in answers_in(form.values, found.offering).items() if text}
    return {**answered_before(found.offering.questions, before.answers), **given}


def _checked(request: web.Request, form: Form[AgainForm], found: Visit, before: Before) -> Form[AgainForm]:
    """Add what is wrong with the answers, and with terms that are others than were shown."""
    offering, language = found.offering, language_of(request)
    answered = answer_faults(offering, _given(form, found, before), language)
    return with_faults(form, {**answered, **terms_faults(offering, form.values, language)})


async def _count(request: web.Request, found: Visit) -> None:
    """Raises TooManyRequests."""
    await count_change(request, found.appointment.id)
    if found.appointment.customer.email:
        await count_named(request, found.appointment.customer.email)


def _wish(
    request: web.Request, found: Visit, form: Form[AgainForm], slot: ChosenSlot, before: Before
) -> Wish:
    return Wish(
        offering_id=found.offering.id,
        start=slot.start,
        adviser_id=slot.adviser,
        customer=found.appointment.customer,
        zone=found.appointment.zone,
        answers=_given(form, found, before),
        shown_in=language_of(request),
        source=SOURCE,
    )


async def _shown(
    request: web.Request, found: Visit, form: Form[Any], status: int = 200, *, refused: str = ""
) -> web.Response:
    shown = await again_values(request, found)
    status = 409 if refused else status
    return page(request, "manage/again.html", status, **shown | {"form": form, "refused": refused})


async def again_values(request: web.Request, found: Visit) -> dict[str, Any]:
    """Return what the form of times needs, on whichever page it stands."""
    language, before = language_of(request), await _before(request, found)
    async with request.app[UNITS].read() as unit:
        times = await times_again(unit, found, now=request.app[CLOCK]())
    known = answered_before(found.offering.questions, before.answers)
    asked = [one for one in found.offering.questions if one.is_required and one.key not in known]
    return {
        "visit": found,
        "zone": found.zone,
        "token": request.match_info["token"],
        "form": blank(),
        "times": times,
        "questions": [one for one in asked if one.kind != "file"],
        "terms": found.offering.terms_in(language) if found.offering.terms else "",
        "terms_seen": terms_seen(found.offering, language),
        "is_new_terms": before.terms not in found.offering.terms.values(),
    }


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/again", ask),
    web.post("/a/{token}/again", book),
)

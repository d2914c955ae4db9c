"""Book for a caller: what it is about, when, who they are; then their link, to read aloud or to copy."""

from collections.abc import Sequence
from datetime import datetime

from aiohttp import web
from pydantic import BaseModel

from booking.errors import NotFound, OwnOverlap, SlotNotOffered, SlotTaken, TooLate
from booking.find_slots import Wanted, alternatives, free_slot
from booking.offering import Offering
from booking.reserve import Reserved, Wish, reserve
from booking.slot import Slot
from booking.source import STAFF
from identity.look import Thing
from identity.staff import StaffMember
from web.body import read_query
from web.fields import MaybeId, Utc
from web.forms import Form, submitted
from web.guard import staff
from web.i18n import language_of
from web.keys import CLOCK, SITE, UNITS
from web.looking import looks_at
from web.moments import moment_json
from web.pages.asked import answers_in
from web.pages.desk_booking_form import DeskBooking, checked
from web.pages.desk_seat import desk_page, hand, offerings_of, seat, team_of
from web.pages.slot_page import slot_page
from web.pages.slot_question import SlotQuestion, TimeQuestion
from web.path import path_id
from web.ports import Unit
from web.qr import qr_inline


async def offerings(request: web.Request) -> web.Response:
    member = staff(request)
    async with request.app[UNITS].read() as unit:
        found = await offerings_of(unit, member)
    return desk_page(request, member, "desk/book.html", offerings=found)


async def times(request: web.Request) -> web.Response:
    """Show the team's free times, by the rules that hold for everybody."""
    member = staff(request)
    question = read_query(request, SlotQuestion)
    here = request.path
    async with request.app[UNITS].read() as unit:
        offering = await _offering(unit, request, member)
        found = await slot_page(
            unit,
            offering,
            question,
            now=request.app[CLOCK](),
            link=lambda start: question.time_address(f"{here}/details", start),
            among=await team_of(unit, member),
        )
    return desk_page(request, member, "desk/book_times.html", offering=offering, found=found, here=here)


async def details(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, TimeQuestion)
    values = {
        "start": moment_json(question.start),
        "adviser": str(question.adviser or ""),
        "language": language_of(request),
    }
    return await _details(request, member, Form(values=values))


async def book(request: web.Request) -> web.Response:
    """Book as the staff's own act: no cap for one customer, and the history says whose hand it was."""
    member = staff(request)
    form: Form[DeskBooking] = await submitted(request, DeskBooking)
    async with request.app[UNITS].read() as unit:
        offering = await _offering(unit, request, member)
    form = checked(form, offering, language_of(request))
    if form.model is None:
        return await _details(request, member, form, status=422)
    try:
        reserved = await _reserve(request, member, form, form.model)
    except OwnOverlap:
        return await _details(request, member, form, status=409)
    except (SlotTaken, SlotNotOffered, TooLate):
        return await _taken(request, member, form)
    raise web.HTTPSeeOther(f"/desk/appointments/{reserved.appointment.id}/link?booked=1")


@looks_at(Thing.APPOINTMENT)
async def link(request: web.Request) -> web.Response:
    """Show the customer's link to who booked for them. Raises NotFound where customers booked themselves."""
    member, found = await seat(request)
    if found.appointment.source != STAFF:
        raise NotFound(found.appointment.id)
    async with request.app[UNITS].read() as unit:
        token = await unit.links.token(found.appointment.id)
    address = f"{request.app[SITE].public_url}/a/{token}"
    return desk_page(
        request,
        member,
        "desk/link.html",
        visit=found,
        address=address,
        code=qr_inline(address),
        is_new="booked" in request.query,
    )


async def _reserve(
    request: web.Request, member: StaffMember, form: Form[DeskBooking], asked: DeskBooking
) -> Reserved:
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> Reserved:
        offering = await _offering(unit, request, member)
        wish = Wish(
            offering_id=offering.id,
            start=asked.start,
            adviser_id=asked.adviser,
            among=await team_of(unit, member),
            customer=asked.customer(has_sms=request.app[SITE].has_sms),
            answers=answers_in(form.values, offering),
            shown_in=language_of(request),
            by=hand(member),
            source=STAFF,
        )
        return await reserve(unit, wish, now=now)

    return await request.app[UNITS].do(work)


async def _details(
    request: web.Request, member: StaffMember, form: Form[DeskBooking], status: int = 200
) -> web.Response:
    time = _time_in(form)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        offering = await _offering(unit, request, member)
        wanted = Wanted(adviser_id=time.adviser, among=await team_of(unit, member))
        slot = await free_slot(unit, offering, time.start, now=now, wanted=wanted)
        adviser = await unit.advisers.get(time.adviser) if slot and time.adviser else None
    if slot is None:
        return await _taken(request, member, form)
    return desk_page(
        request,
        member,
        "desk/book_details.html",
        status,
        offering=offering,
        span=slot.span,
        adviser=adviser,
        form=form,
        is_elsewhere=status == 409,
    )


async def _taken(request: web.Request, member: StaffMember, form: Form[DeskBooking]) -> web.Response:
    """Offer other times, which keep what was typed."""
    async with request.app[UNITS].read() as unit:
        offering = await _offering(unit, request, member)
        free = await _others(unit, offering, member, now=request.app[CLOCK]())
    typed = {name: value for name, value in form.values.items() if name not in ("start", "adviser")}
    return desk_page(request, member, "desk/book_taken.html", 409, offering=offering, free=free, typed=typed)


async def _others(unit: Unit, offering: Offering, member: StaffMember, *, now: datetime) -> Sequence[Slot]:
    wanted = Wanted(among=await team_of(unit, member))
    return list(await alternatives(unit, offering, now, now=now, wanted=wanted))


async def _offering(unit: Unit, request: web.Request, member: StaffMember) -> Offering:
    """Return the offering in the address. Raises NotFound where the team meets nobody for it."""
    wanted = path_id(request, "offering_id")
    for offering, _ in await offerings_of(unit, member):
        if offering.id == wanted:
            return offering
    raise NotFound(wanted)


class _Time(BaseModel):
    start: Utc
    adviser: MaybeId = None


def _time_in(form: Form[DeskBooking]) -> _Time:
    """Read the time of a form. Raises NotFound for a form without one, which is none of ours."""
    try:
        return _Time.model_validate({name: form.value(name) for name in ("start", "adviser")})
    except ValueError:
        raise NotFound from None


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/book", offerings),
    web.get("/desk/book/{offering_id}", times),
    web.get("/desk/book/{offering_id}/details", details),
    web.post("/desk/book/{offering_id}", book),
    web.get("/desk/appointments/{appointment_id}/link", link),
)

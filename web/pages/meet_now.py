"""Meet now: into the waiting room while an adviser is there, and otherwise three other ways on."""

from datetime import datetime, timedelta

from aiohttp import web

from booking.ask_call import ask_call
from booking.attend import come_in
from booking.call_time import late_call
from booking.errors import NobodyFree, NotFound, SlotNotOffered, SlotTaken, TooLate
from booking.fact import Actor
from booking.offering import Offering
from booking.refill import RefillMode
from booking.reserve import Queue, Reserved, Wish, reserve
from booking.wait import EarlierWish, wait
from identity.door import come_in as open_door
from identity.door_session import LASTS
from identity.secret import kept
from web.cookies import DOOR, bake, cookie
from web.forms import Form, blank, submitted
from web.i18n import language_of
from web.keys import ADDRESS, ALLOWANCE, CLOCK, RATES, UNITS
from web.mailboxes import count_named
from web.moments import moment_json
from web.pages.asked import answers_in, terms_seen
from web.pages.banner import put_up
from web.pages.free_now import free_now
from web.pages.front import first_free
from web.pages.meet_now_forms import FORMS, Caller, Deed, Person, Waiter, checked
from web.pages.not_offered import not_offered
from web.path import path_id
from web.ports import Unit
from web.reader_zone import zone_of
from web.render import page

BEFORE_NEXT = timedelta(minutes=5)
"""The next free time is one that can still be reached."""


async def ask(request: web.Request) -> web.Response:
    """Ask who comes, or say what can be done instead while nobody can be met."""
    await put_up(request, offering_id=path_id(request, "offering_id"))
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(path_id(request, "offering_id"))
        if not offering.is_open:
            return await not_offered(request, unit)
    if not offering.drop_in or (_deed(request) is Deed.WAIT and not _can_wait(offering)):
        raise web.HTTPSeeOther(f"/book/{offering.id}")
    return await _shown(request, offering, blank(language=language_of(request)))


async def send(request: web.Request) -> web.Response:
    """Do it; whoever was a moment too late reads what can be done now, and keeps what they typed."""
    deed = _deed(request)
    form: Form[Person] = await submitted(request, FORMS[deed])
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(path_id(request, "offering_id"))
        place = await _own_place(request, unit)
    if not (offering.is_open and offering.drop_in) or (deed is Deed.WAIT and not _can_wait(offering)):
        raise NotFound(offering.id)
    if place and deed is Deed.NOW:
        raise web.HTTPSeeOther(place)
    form = checked(form, deed, offering, language_of(request))
    if form.model is None:
        return await _shown(request, offering, form, 422)
    await _count(request, form.model)
    try:
        reserved = await _do(request, deed, offering, form, form.model)
    except (NobodyFree, SlotTaken, SlotNotOffered, TooLate):
        return await _shown(request, offering, form, 409)
    home = f"/a/{reserved.token}"
    raise web.HTTPSeeOther(
        {Deed.NOW: f"{home}/door", Deed.CALL: f"{home}/call", Deed.WAIT: f"{home}?waiting=1"}[deed]
    )


async def _do(
    request: web.Request, deed: Deed, offering: Offering, form: Form[Person], asked: Person
) -> Reserved:
    now, most_ahead = request.app[CLOCK](), request.app[ALLOWANCE].bookings_per_person
    wish = _wish(request, deed, offering, form, asked, now)

    async def work(unit: Unit) -> tuple[Reserved, str]:
        reserved = await reserve(unit, wish, now=now, most_ahead=most_ahead)
        one, cookie_value = reserved.appointment.id, ""
        if deed is Deed.CALL:
            await ask_call(unit, one, now=now)
        elif deed is Deed.WAIT:
            await wait(unit, one, EarlierWish(), by=Actor.CUSTOMER, now=now)
        else:
            await come_in(unit, one, now=now)
            cookie_value = (await open_door(unit, one, now=now)).token
        return reserved, cookie_value

    reserved, door = await request.app[UNITS].do(work)
    if door:
        bake(request, DOOR, door, lasts=LASTS)
    return reserved


def _wish(
    request: web.Request, deed: Deed, offering: Offering, form: Form[Person], asked: Person, now: datetime
) -> Wish:
    return Wish(
        offering_id=offering.id,
        start=asked.start if isinstance(asked, Caller | Waiter) else now,
        customer=asked.customer(),
        zone=zone_of(request, offering.zone).key,
        answers=None if deed is Deed.CALL else answers_in(form.values, offering),
        shown_in=language_of(request),
        queue={Deed.NOW: Queue.NOW, Deed.CALL: Queue.CALL, Deed.WAIT: None}[deed],
    )


async def _count(request: web.Request, asked: Person) -> None:
    """Raises TooManyRequests: each takes an adviser's time at once."""
    most = request.app[ALLOWANCE].drop_ins_an_hour
    await request.app[RATES].an_hour(most, "drop-in", request[ADDRESS])
    await count_named(request, asked.email, asked.phone)


async def _shown(
    request: web.Request, offering: Offering, form: Form[Person], status: int = 200
) -> web.Response:
    deed, now = _deed(request), request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        free = await free_now(unit, offering, now=now)
        first = await first_free(unit, offering, now=now + BEFORE_NEXT)
        call = first or await _late_call(unit, offering, now=now)
        place = await _own_place(request, unit)
    is_open = free is not None and free.is_open
    start = call if deed is Deed.CALL else first
    has_form = is_open if deed is Deed.NOW else start is not None
    return page(
        request,
        "now/form.html" if has_form else "now/nobody.html",
        status,
        offering=offering,
        deed=deed,
        free=free,
        first=first,
        call=call,
        can_wait=_can_wait(offering),
        start=moment_json(start) if start else "",
        place=place if deed is Deed.NOW else "",
        form=form,
        is_late=status == 409,
        terms_seen=terms_seen(offering, language_of(request)),
        zone=zone_of(request, offering.zone),
        here=f"/book/{offering.id}/now",
    )


async def _late_call(unit: Unit, offering: Offering, *, now: datetime) -> datetime | None:
    """Return by when somebody is called where no time is free within the horizon."""
    late = await late_call(unit, offering, now=now)
    return late.span.start if late else None


async def _own_place(request: web.Request, unit: Unit) -> str:
    """Return where this browser waits already, if it came by the queue and is not done yet."""
    token = cookie(request, DOOR)
    session = await unit.door_sessions.find(kept(token)) if token else None
    now = request.app[CLOCK]()
    if session is None or not session.is_for(session.appointment_id, now=now):
        return ""
    one = await unit.appointments.get(session.appointment_id)
    is_there = one.is_drop_in and one.is_live and now < one.span.end
    return f"/a/{await unit.links.token(one.id)}/door" if is_there else ""


def _can_wait(offering: Offering) -> bool:
    """Tell whether anybody is ever offered a time that was given back."""
    return offering.refill.mode is not RefillMode.OFF


def _deed(request: web.Request) -> Deed:
    return Deed(request.path.rpartition("/")[2])


_NOW = "/book/{offering_id}/now"

ROUTES: tuple[web.RouteDef, ...] = (
    web.get(_NOW, ask),
    web.post(_NOW, send),
    web.get(f"{_NOW}/call", ask),
    web.post(f"{_NOW}/call", send),
    web.get(f"{_NOW}/wait", ask),
    web.post(f"{_NOW}/wait", send),
)

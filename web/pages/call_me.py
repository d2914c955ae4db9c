"""The page behind the letter's "Ask us to call you": one button, and the number that will be called."""

from typing import Any, Literal

from aiohttp import web
from pydantic import BaseModel

from booking.ask_call import ask_call
from booking.call import call_asked_at
from booking.change_contact import Contact, change_contact
from booking.fact import Actor
from signalling.failure import Failure
from signalling.message import CallAsked
from web.fields import Phone
from web.forms import Form, blank, submitted
from web.keys import CLOCK, SWITCHBOARD, UNITS
from web.masking import masked_phone
from web.pages.visit import Visit, home_of, visit_of
from web.ports import Unit
from web.render import page


class CallForm(BaseModel):
    """Where no number is known; a known one is changed among the contact details.

    `cause` is what kept somebody from coming in, as their page saw it.
    """

    phone: Phone = ""
    cause: Literal[""] | Failure = ""


async def ask(request: web.Request) -> web.Response:
    found = await visit_of(request)
    if not can_ask_call(found, request):
        raise web.HTTPSeeOther(home_of(request))
    return await _shown(request, found, blank())


async def ask_it(request: web.Request) -> web.Response:
    """Keep the wish, and the number where it is new; whoever sits in the meeting is told at once.

    Raises what the two verbs raise.
    """
    form = await submitted(request, CallForm)
    found = await visit_of(request)
    is_known = bool(found.appointment.customer.phone)
    if form.model and not form.model.phone and not is_known:
        form = Form(values=form.values, errors={"phone": "missing"})
    if form.model is None:
        return await _shown(request, found, form, 422)
    phone, now = "" if is_known else form.model.phone, request.app[CLOCK]()
    cause = Failure(form.model.cause) if form.model.cause else None

    async def work(unit: Unit) -> None:
        await ask_call(unit, found.appointment.id, now=now, cause=cause)
        if phone and now < found.appointment.span.end:
            await change_contact(unit, found.appointment.id, Contact(phone=phone), by=Actor.CUSTOMER, now=now)

    await request.app[UNITS].do(work)
    said = CallAsked(now, phone or found.appointment.customer.phone, cause)
    request.app[SWITCHBOARD].tell_call(found.appointment.id, said)
    raise web.HTTPSeeOther(f"{home_of(request)}/call")


def can_ask_call(found: Visit, request: web.Request) -> bool:
    """Tell whether a call can still be of use: until the door closes."""
    return found.appointment.is_live and request.app[CLOCK]() < found.door_closes_at


async def _shown(request: web.Request, found: Visit, form: Form[Any], status: int = 200) -> web.Response:
    async with request.app[UNITS].read() as unit:
        asked_at = call_asked_at(await unit.facts.of(found.appointment.id))
    return page(
        request,
        "manage/call.html",
        status,
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        form=form,
        phone=masked_phone(found.appointment.customer.phone),
        asked_at=asked_at,
        is_now=found.is_door_open(request.app[CLOCK]()),
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/call", ask),
    web.post("/a/{token}/call", ask_it),
)

"""A customer types the code that they were given by letter or in a branch."""

from dataclasses import replace

from aiohttp import web
from pydantic import Field

from identity.assurance import Assurance
from identity.deliver import try_code
from identity.delivered_code import as_typed
from identity.errors import CodeVoid, CodeWrong
from identity.identification import Identified
from web.forms import Form, blank, submitted
from web.keys import ADDRESS, CLOCK, RATES, SECRET, UNITS
from web.own_ways import CODE, OwnWay
from web.pages.certificate import Wanted, certificate_place
from web.pages.choosing import asked_by, choice_of
from web.pages.identifying import begun_here, concluded
from web.pages.visit import Visit, home_of, visit_of
from web.render import page

AN_HOUR = 30
"""Tries from one address: each code has five, but there are many links."""


class TypedCode(Wanted):
    code: str = Field(min_length=1, max_length=40)


async def ask(request: web.Request) -> web.Response:
    found = await offered(request, CODE)
    return _form(request, found, blank())


async def enter(request: web.Request) -> web.Response:
    """Take one of five tries. Raises TooManyRequests."""
    form = await submitted(request, TypedCode)
    found = await offered(request, CODE)
    if form.model is None:
        return _form(request, found, form, 422)
    await request.app[RATES].an_hour(AN_HOUR, "code from", request[ADDRESS])
    typed = as_typed(form.model.code)
    attempt = await begun_here(request, found, CODE, form.model, asked=asked_by(found.offering, CODE))
    try:
        await concluded(request, attempt, lambda: _judged(request, found, typed))
    except CodeWrong as wrong:
        return _form(request, found, replace(form, errors={"code": "code_wrong"}), 422, left=wrong.left)
    except CodeVoid:
        return _form(request, found, replace(form, errors={"code": "code_void"}), 422)
    raise web.HTTPSeeOther(f"{home_of(request)}/door")


async def offered(request: web.Request, way: OwnWay) -> Visit:
    """Return the appointment where this way is open to this browser; else lead to those that are.

    Raises NotFound for the link.
    """
    found = await visit_of(request)
    if way not in (await choice_of(request, found)).own:
        raise web.HTTPSeeOther(f"{home_of(request)}/identify")
    return found


def as_booked(found: Visit, way: OwnWay, request: web.Request) -> Identified:
    """Return somebody who bears the booked name, because nobody vouches for another."""
    given, _, family = found.appointment.customer.name.strip().rpartition(" ")
    return Identified(
        subject_key=None,
        given_name=given,
        family_name=family,
        assurance=way.assurance,
        method=way.name,
        at=request.app[CLOCK](),
        vouches_for_name=False,
    )


async def _judged(request: web.Request, found: Visit, typed: str) -> Identified:
    """The try is kept before it is refused. Raises CodeWrong and CodeVoid."""
    async with request.app[UNITS].write() as unit:
        tried = await try_code(
            unit, found.appointment.id, typed, key=request.app[SECRET], now=request.app[CLOCK]()
        )
    if tried is None:
        raise CodeVoid
    if not tried.is_right:
        raise CodeWrong(tried.left)
    return as_booked(found, CODE, request)


def _form(
    request: web.Request, found: Visit, form: Form[TypedCode], status: int = 200, *, left: int | None = None
) -> web.Response:
    answer = page(
        request,
        "identification/code.html",
        status,
        visit=found,
        token=request.match_info["token"],
        form=form,
        left=left,
        certificate=certificate_place(found),
        is_instead=Assurance.of(found.offering.assurance) > Assurance.LOW,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/identify/code", ask),
    web.post("/a/{token}/identify/code", enter),
)

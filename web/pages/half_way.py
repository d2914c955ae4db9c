"""After the password: the code of an app, or the app's first set-up."""

from typing import Any

from aiohttp import web
from pydantic import Field

from identity.errors import CodeRefused, SessionOver, TooManyAttempts
from identity.one_time_code import Authenticator, app_address
from identity.second_factor import confirm_enrolment, count_code, half_way, take_code
from identity.staff import StaffMember
from web.answer import Answer
from web.body import read_query
from web.cookies import HALF, SESSION, bake, cookie
from web.errors import ANSWERS
from web.forms import Form, blank, submitted
from web.keys import ADDRESS, CLOCK, SITE, UNITS
from web.pages.signing_in import Next, place_for, query_of, session_of
from web.qr import qr_inline
from web.render import page

CODE, ENROL = "/sign-in/code", "/sign-in/enrol"


class CodeForm(Next):
    code: str = Field(min_length=1, max_length=40)


async def ask_code(request: web.Request) -> web.Response:
    await _half(request)
    return _code_page(request, blank(next=read_query(request, Next).next))


async def check_code(request: web.Request) -> web.Response:
    """Sign in by the code; each try is counted before it is judged, in a unit of its own."""
    member, form = await _half(request), await submitted(request, CodeForm)
    if form.model is None:
        return _code_page(request, form, 422)
    typed, now = form.model, request.app[CLOCK]()
    try:
        await _count(request, member)
        async with request.app[UNITS].write() as unit:
            await take_code(unit, member, typed.code, request[ADDRESS], now=now)
            token = await session_of(request, unit, member)
    except CodeRefused:
        return _code_page(request, wrong_code(form), 422)
    except TooManyAttempts as refused:
        return _code_page(request, form, 429, ANSWERS[type(refused)])
    bake(request, SESSION, token)
    raise web.HTTPSeeOther(place_for(member, typed.next))


async def ask_enrol(request: web.Request) -> web.Response:
    member = await _half(request)
    return await _enrol_page(request, member, blank(next=read_query(request, Next).next))


async def enrol(request: web.Request) -> web.Response:
    """Believe the app once it shows the right code, sign in, and show the codes for paper this once."""
    member, form = await _half(request), await submitted(request, CodeForm)
    if form.model is None:
        return await _enrol_page(request, member, form, 422)
    typed, now = form.model, request.app[CLOCK]()
    try:
        await _count(request, member)
        async with request.app[UNITS].write() as unit:
            codes = await confirm_enrolment(
                unit, member, typed.code, request[ADDRESS], is_first=True, now=now
            )
            token = await session_of(request, unit, member)
    except CodeRefused:
        return await _enrol_page(request, member, wrong_code(form), 422)
    except TooManyAttempts as refused:
        return await _enrol_page(request, member, form, 429, ANSWERS[type(refused)])
    bake(request, SESSION, token)
    return page(request, "login/recovery_codes.html", codes=codes, onward=place_for(member, typed.next))


def wrong_code(form: Form[Any]) -> Form[Any]:
    return Form(values={"next": form.value("next")}, errors={"code": "code_refused"})


def shown_app(request: web.Request, found: Authenticator, member: StaffMember) -> dict[str, Any]:
    """Return what a page shows of an app that is to be set up: the picture, and the secret to type."""
    address = app_address(found, login=member.login, organisation=request.app[SITE].organisation)
    secret = " ".join(found.secret[each : each + 4] for each in range(0, len(found.secret), 4))
    return {"qr": qr_inline(address), "address": address, "secret": secret}


async def _half(request: web.Request) -> StaffMember:
    """Return whose password was right in this browser; anybody else begins anew."""
    try:
        async with request.app[UNITS].read() as unit:
            return await half_way(unit, cookie(request, HALF), now=request.app[CLOCK]())
    except SessionOver:
        raise web.HTTPSeeOther("/sign-in") from None


async def _count(request: web.Request, member: StaffMember) -> None:
    async with request.app[UNITS].write() as unit:
        await count_code(unit, member, request[ADDRESS], now=request.app[CLOCK]())


def _code_page(
    request: web.Request, form: Form[Any], status: int = 200, refusal: Answer | None = None
) -> web.Response:
    return page(request, "login/code.html", status, form=form, refusal=refusal)


async def _enrol_page(
    request: web.Request,
    member: StaffMember,
    form: Form[Any],
    status: int = 200,
    refusal: Answer | None = None,
) -> web.Response:
    async with request.app[UNITS].read() as unit:
        found = await unit.second_factors.proposed(member.id)
        has_one = await unit.second_factors.find(member.id) is not None
    if found is None or has_one:
        raise web.HTTPSeeOther(f"{CODE}{query_of(str(form.value('next')))}" if has_one else "/sign-in")
    app = shown_app(request, found, member)
    return page(request, "login/enrol.html", status, form=form, refusal=refusal, app=app)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(CODE, ask_code),
    web.post(CODE, check_code),
    web.get(ENROL, ask_enrol),
    web.post(ENROL, enrol),
)

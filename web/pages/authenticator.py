"""A member of the staff sets up their authenticator app, and makes new codes for paper."""

from typing import Any

from aiohttp import web
from pydantic import BaseModel, Field

from identity.errors import CodeRefused, TooManyAttempts
from identity.second_factor import begin_enrolment, confirm_enrolment, count_code, renew_recovery_codes
from identity.staff import StaffMember
from web.answer import Answer
from web.body import Nothing, read_form
from web.errors import ANSWERS
from web.forms import Form, blank, submitted
from web.guard import just_signed_in
from web.keys import ADDRESS, CLOCK, SITE, UNITS
from web.noting import set_up
from web.pages.access import HOME
from web.pages.desk_seat import desk_page
from web.pages.half_way import shown_app, wrong_code
from web.subjects import APerson

APP = f"{HOME}/app"


class AppForm(BaseModel):
    code: str = Field(min_length=1, max_length=40)


async def begin(request: web.Request) -> web.Response:
    member = just_signed_in(request, HOME)
    await read_form(request, Nothing)
    now = request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: begin_enrolment(unit, member.id, now=now))
    raise web.HTTPSeeOther(APP)


async def ask(request: web.Request) -> web.Response:
    member = just_signed_in(request, HOME)
    return await _app_page(request, member, blank())


async def confirm(request: web.Request) -> web.Response:
    member = just_signed_in(request, HOME)
    form = await submitted(request, AppForm)
    if form.model is None:
        return await _app_page(request, member, form, 422)
    typed, now = form.model.code, request.app[CLOCK]()
    try:
        async with request.app[UNITS].write() as unit:
            await count_code(unit, member, request[ADDRESS], now=now)
        codes = await set_up(
            request,
            member,
            APerson(member.id),
            lambda unit: confirm_enrolment(unit, member, typed, request[ADDRESS], now=now),
        )
    except CodeRefused:
        return await _app_page(request, member, wrong_code(form), 422)
    except TooManyAttempts as refused:
        return await _app_page(request, member, form, 429, ANSWERS[type(refused)])
    return desk_page(request, member, "desk/recovery_codes.html", codes=codes)


async def remove(request: web.Request) -> web.Response:
    """Go back to the password alone, where the house lets one."""
    member = just_signed_in(request, HOME)
    await read_form(request, Nothing)
    if not request.app[SITE].second_factor.is_due_of(member.role):
        await set_up(
            request, member, APerson(member.id), lambda unit: unit.second_factors.remove_all_of(member.id)
        )
    raise web.HTTPSeeOther(HOME)


async def renew_codes(request: web.Request) -> web.Response:
    member = just_signed_in(request, HOME)
    await read_form(request, Nothing)
    async with request.app[UNITS].write() as unit:
        if await unit.second_factors.find(member.id) is None:
            raise web.HTTPSeeOther(HOME)
        codes = await renew_recovery_codes(unit, member.id)
    return desk_page(request, member, "desk/recovery_codes.html", codes=codes)


async def _app_page(
    request: web.Request,
    member: StaffMember,
    form: Form[Any],
    status: int = 200,
    refusal: Answer | None = None,
) -> web.Response:
    async with request.app[UNITS].read() as unit:
        found = await unit.second_factors.proposed(member.id)
    if found is None:
        raise web.HTTPSeeOther(HOME)
    app = shown_app(request, found, member)
    return desk_page(request, member, "desk/app.html", status, form=form, refusal=refusal, app=app)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(APP, ask),
    web.post(APP, confirm),
    web.post(f"{APP}/begin", begin),
    web.post(f"{APP}/remove", remove),
    web.post(f"{APP}/recovery-codes", renew_codes),
)

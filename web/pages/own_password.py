"""The staff change their own password: the old one is asked for, and every other session ends."""

import asyncio
from typing import Annotated, Any

from aiohttp import web
from pydantic import AfterValidator, BaseModel, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from identity.errors import SignInRefused, TooManyAttempts
from identity.own_password import change_own_password
from identity.password import LONGEST, fault_of, fresh_password, hash_password, is_right
from identity.sign_in import begin_sign_in, open_session
from identity.staff import Credentials, StaffMember
from web.body import read_query
from web.browser_name import browser_name
from web.cookies import SESSION, bake
from web.errors import ANSWERS
from web.forms import Form, blank, submitted
from web.guard import staff
from web.i18n import N_
from web.keys import ADDRESS, CLOCK, SITE, UNITS
from web.noting import set_up
from web.pages.desk_seat import desk_page
from web.ports import Unit
from web.refusal import PageNotFound
from web.subjects import APerson

HOME = "/desk/password"
LABELS = {
    "current": N_("Your password now"),
    "new": N_("New password"),
    "again": N_("New password again"),
}


class PasswordQuestion(BaseModel):
    """`saved` comes after a change."""

    saved: str = ""


def same(text: str, info: ValidationInfo) -> str:
    if text != info.data.get("new", text):
        raise PydanticCustomError("not_same", "not the same twice")
    return text


class PasswordForm(BaseModel):
    current: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    new: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    again: Annotated[str, Field(max_length=LONGEST), AfterValidator(same)]


async def ask(request: web.Request) -> web.Response:
    member = _who(request)
    question = read_query(request, PasswordQuestion)
    return _shown(request, member, blank(), saved=question.saved)


async def change(request: web.Request) -> web.Response:
    member = _who(request)
    form = await submitted(request, PasswordForm)
    if form.model is None:
        return _wrong(request, member, form.errors)
    fault = fault_of(form.model.new, login=member.login, current=form.model.current)
    if fault:
        return _wrong(request, member, {"new": f"password_{fault}"})
    try:
        judged = await _judged(request, member, form.model.current)
        password_hash = await asyncio.to_thread(hash_password, form.model.new)
        token = await set_up(
            request, member, APerson(member.id), lambda unit: _changed(request, unit, judged, password_hash)
        )
    except SignInRefused:
        return _wrong(request, member, {"current": "wrong_password"})
    except TooManyAttempts as refused:
        answer = ANSWERS[type(refused)]
        return _shown(request, member, blank(), answer.status, refusal=answer)
    bake(request, SESSION, token)
    raise web.HTTPSeeOther(f"{HOME}?saved=1")


def _who(request: web.Request) -> StaffMember:
    """Raises PageNotFound where nobody has a password."""
    if not request.app[SITE].has_staff_passwords:
        raise PageNotFound
    return staff(request)


async def _changed(request: web.Request, unit: Unit, judged: Credentials, password_hash: str) -> str:
    """Keep it, and return the token of the only session that is left."""
    member = await change_own_password(unit, judged, password_hash)
    return await open_session(
        unit, member, request[ADDRESS], browser=browser_name(request), now=request.app[CLOCK]()
    )


async def _judged(request: web.Request, member: StaffMember, password: str) -> Credentials:
    """Count the try as at signing in, and check it outside a unit. Raises SignInRefused, TooManyAttempts."""
    async with request.app[UNITS].write() as unit:
        found = await begin_sign_in(unit, member.login, request[ADDRESS], now=request.app[CLOCK]())
    if found is None or not await asyncio.to_thread(is_right, password, found.password_hash):
        raise SignInRefused
    return found


def _wrong(request: web.Request, member: StaffMember, errors: Any) -> web.Response:
    """Show the form again: what was typed is never sent back."""
    return _shown(request, member, Form(errors=errors), 422)


def _shown(
    request: web.Request, member: StaffMember, form: Form[Any], status: int = 200, **values: Any
) -> web.Response:
    return desk_page(
        request,
        member,
        "desk/password.html",
        status,
        form=form,
        labels=LABELS,
        proposal=fresh_password(),
        **({"saved": "", "refusal": None} | values),
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(HOME, ask),
    web.post(HOME, change),
)

"""The staff signs in and out."""

import asyncio
from typing import Any

from aiohttp import web
from pydantic import BaseModel, Field

from identity.errors import Refusal, SignInRefused, TooManyAttempts
from identity.password import LONGEST, is_right
from identity.sign_in import begin_sign_in, sign_out
from identity.staff import StaffMember
from web.body import Nothing, read_form, read_query
from web.cookies import SESSION, cookie, throw_away
from web.csrf import csrf_token
from web.errors import ANSWERS
from web.forms import Form, blank, submitted
from web.guard import signed_in
from web.keys import ADDRESS, CLOCK, SITE, UNITS
from web.pages.passkey_words import passkey_words
from web.pages.signing_in import HOMES, Next, after_password, local, sign_in_now
from web.refusal import PageNotFound
from web.render import page

DEMO_STAFF = ("ilmari", "ainikki", "louhi", "admin")


class SignInQuestion(Next):
    """`again` where who is signed in must show anew that it is they, `passkey` where one is needed."""

    again: str = ""
    passkey: str = ""


class SignInForm(Next):
    login: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=LONGEST)


class DemoForm(Next):
    login: str = Field(max_length=100)


async def ask(request: web.Request) -> web.Response:
    question = read_query(request, SignInQuestion)
    return await _shown(request, blank(next=question.next), 200, question=question)


async def sign_in(request: web.Request) -> web.Response:
    """The same page and the same time for a wrong password and for a login that there is not."""
    if not request.app[SITE].has_staff_passwords:
        raise PageNotFound
    form = await submitted(request, SignInForm)
    if form.model is None:
        return await _shown(request, form, 422)
    try:
        member = await _judged(request, form.model)
        raise await after_password(request, member, form.model.next)
    except (SignInRefused, TooManyAttempts) as refused:
        return await _shown(request, form, ANSWERS[type(refused)].status, refused)


async def sign_in_by_one_click(request: web.Request) -> web.Response:
    """Demo only: no password, for three made-up people."""
    if not request.app[SITE].is_demo:
        raise PageNotFound
    form = await read_form(request, DemoForm)
    async with request.app[UNITS].read() as unit:
        found = await unit.staff.by_login(form.login) if form.login in DEMO_STAFF else None
    if found is None:
        raise PageNotFound
    raise await sign_in_now(request, found.member, form.next)


async def leave(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    token = cookie(request, SESSION)
    if token is not None:
        async with request.app[UNITS].write() as unit:
            await sign_out(unit, token)
    throw_away(request, SESSION)
    raise web.HTTPSeeOther("/sign-in")


async def _judged(request: web.Request, form: SignInForm) -> StaffMember:
    """Check the password in a thread and outside a unit. Raises SignInRefused and TooManyAttempts."""
    async with request.app[UNITS].write() as unit:
        found = await begin_sign_in(unit, form.login, request[ADDRESS], now=request.app[CLOCK]())
    kept_hash = None if found is None else found.password_hash
    if not await asyncio.to_thread(is_right, form.password, kept_hash) or found is None:
        raise SignInRefused
    return found.member


async def shown_sign_in(request: web.Request, form: Form[Any], refused: Refusal) -> web.Response:
    """Show the page again with what happened in another way of signing in."""
    return await _shown(request, form, ANSWERS[type(refused)].status, refused)


async def _shown(
    request: web.Request,
    form: Form[SignInForm] | Form[BaseModel],
    status: int,
    refused: Refusal | None = None,
    *,
    question: SignInQuestion | None = None,
) -> web.Response:
    member = await signed_in(request)
    return page(
        request,
        "login/sign_in.html",
        status,
        form=form,
        refusal=ANSWERS[type(refused)] if refused else None,
        member=member,
        home=HOMES[member.role] if member else "",
        next=local(str(form.value("next"))),
        question=question or SignInQuestion(),
        data={
            "csrf": csrf_token(request),
            "options": "/sign-in/passkey/options",
            "answer": "/sign-in/passkey",
            "next": local(str(form.value("next"))),
            "words": passkey_words(request),
        },
        demo_staff=DEMO_STAFF if request.app[SITE].is_demo else (),
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/sign-in", ask),
    web.post("/sign-in", sign_in),
    web.post("/sign-in/demo", sign_in_by_one_click),
    web.post("/sign-out", leave),
)

"""The demo's phones and their operator: another house, with another face, at our address for the demo."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from aiohttp import web
from pydantic import BaseModel, Field

from identity.demo_mobile.registration import PHONES, Phone
from web.body import read_query, read_soap
from web.forms import Form, blank, submitted
from web.keys import CLOCK
from web.marks import Mark, marked
from web.refusal import PageNotFound
from web.render import page

ANSWERS = {"cancel": 401, "locked": 402, "unreachable": 209}


class Ring(Protocol):
    """What a phone shows while it is asking."""

    @property
    def id(self) -> str: ...
    @property
    def phone(self) -> Phone: ...
    @property
    def event_id(self) -> str: ...
    @property
    def service(self) -> str: ...


class Operator(Protocol):
    """What the page asks of the operator, which is loaded in a demo alone."""

    @property
    def roots_pem(self) -> bytes: ...
    def answer(self, request: bytes, *, now: datetime) -> tuple[int, bytes]: ...
    def ringing(self, *, now: datetime) -> Sequence[Ring]: ...
    def answered(self, ring_id: str, answer: int, *, now: datetime) -> bool: ...


@runtime_checkable
class HasOtherSide(Protocol):
    """A provider of the demo that can open the operator which it asks."""

    def other_side(self, *, now: datetime) -> Operator: ...


OPERATOR: web.AppKey[Operator] = web.AppKey("demo_operator")
"""Set in a demo alone; without it there is nothing at these addresses."""


class Said(BaseModel):
    """Whether somebody has just answered on a phone."""

    answered: str = ""


class Pressed(BaseModel):
    """What a test person does on their phone; any four figures are the right PIN."""

    ring: str = Field(min_length=1, max_length=40)
    choice: Literal["confirm", "cancel", "locked", "unreachable"]
    pin: str = Field(default="", max_length=8)


async def phones(request: web.Request) -> web.Response:
    _operator(request)
    return _shown(request, blank(), is_answered=bool(read_query(request, Said).answered))


async def press(request: web.Request) -> web.Response:
    operator = _operator(request)
    form = await submitted(request, Pressed)
    pressed = form.model
    if pressed is None:
        return _shown(request, form, 422)
    if pressed.choice == "confirm" and not (pressed.pin.isdecimal() and len(pressed.pin) == 4):
        return _shown(request, Form(values=form.values, errors={"pin": "pin"}), 422)
    operator.answered(pressed.ring, ANSWERS.get(pressed.choice, 0), now=request.app[CLOCK]())
    raise web.HTTPSeeOther("/demo/phone?answered=1")


@marked(Mark.NO_CSRF)
async def soap(request: web.Request) -> web.Response:
    """Called by servers and not by browsers: the service's id and password are the secret."""
    operator = _operator(request)
    status, body = operator.answer(await read_soap(request), now=request.app[CLOCK]())
    return web.Response(status=status, body=body, content_type="application/soap+xml", charset="utf-8")


async def roots(request: web.Request) -> web.Response:
    return web.Response(body=_operator(request).roots_pem, content_type="application/x-pem-file")


def _shown(
    request: web.Request, form: Form[Pressed], status: int = 200, *, is_answered: bool = False
) -> web.Response:
    rings = _operator(request).ringing(now=request.app[CLOCK]())
    answer = page(
        request,
        "demo_phone/phones.html",
        status,
        rings=rings,
        phones=PHONES.values(),
        form=form,
        is_answered=is_answered,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _operator(request: web.Request) -> Operator:
    """Raises PageNotFound where there is no demo."""
    operator = request.app.get(OPERATOR)
    if operator is None:
        raise PageNotFound
    return operator


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/demo/phone", phones),
    web.post("/demo/phone", press),
    web.post("/demo/phone/mss", soap),
    web.get("/demo/phone/roots.pem", roots),
)

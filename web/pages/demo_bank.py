"""The demo bank's own pages: another house, with another face, that lives at our address for the demo."""

from asyncio import sleep
from datetime import datetime
from typing import Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from identity.demo_bank.bank import SITTING, DemoBank, Mood
from identity.demo_bank.people import PEOPLE
from identity.demo_bank.refused import BankRefused
from identity.demo_bank.request import Request
from web.body import read_form, read_query
from web.keys import CLOCK
from web.marks import Mark, marked
from web.refusal import PageNotFound
from web.render import page

BANK = web.AppKey("demo_bank", DemoBank)
"""Set in a demo alone; without it there is nothing at these addresses."""
LONGER_THAN_ANYBODY_WAITS_S = 4


class Asked(BaseModel):
    """An authorization request (RFC 9101); the bank judges it, and also whatever else stands beside it."""

    model_config = ConfigDict(extra="allow")

    client_id: str = Field(default="", max_length=100)
    request: str = Field(default="", max_length=8000)


class Choice(Asked):
    """The same again, from the page's hidden fields, and what the test person chose."""

    choice: Literal["aino", "kullervo", "louhi", "cancel", "broken", "slow", "garbage"]


class Swap(BaseModel):
    """A token request (RFC 6749, 4.1.3; RFC 7523, 2.2; RFC 7636, 4.5)."""

    model_config = ConfigDict(extra="allow")

    grant_type: str = Field(default="", max_length=50)
    code: str = Field(default="", max_length=200)
    client_assertion: str = Field(default="", max_length=4000)


async def front(request: web.Request) -> web.Response:
    _bank(request)
    return page(request, "demo_bank/front.html")


async def authorize(request: web.Request) -> web.Response:
    query = _texts(read_query(request, Asked))
    try:
        _bank(request).asked(query, now=request.app[CLOCK]())
    except BankRefused:
        return page(request, "demo_bank/refused.html", 400)
    return page(request, "demo_bank/authorize.html", asked=query.items(), people=PEOPLE.values())


async def choose(request: web.Request) -> web.Response:
    form = await read_form(request, Choice)
    bank = _bank(request)
    query = {name: value for name, value in _texts(form).items() if name != "choice"}
    try:
        asked = bank.asked(query, now=request.app[CLOCK](), sat_for=SITTING)
        address = _answer(bank, asked, form.choice, now=request.app[CLOCK]())
    except BankRefused:
        return page(request, "demo_bank/refused.html", 400)
    raise web.HTTPSeeOther(address)


@marked(Mark.NO_CSRF)
async def token(request: web.Request) -> web.Response:
    """Called by servers and not by browsers: what the service signs shows that it is itself."""
    bank = _bank(request)
    form = await read_form(request, Swap)
    try:
        answer = bank.swap(_texts(form), now=request.app[CLOCK]())
    except BankRefused as refused:
        return web.json_response({"error": refused.error}, status=400)
    if answer.is_slow:
        await sleep(LONGER_THAN_ANYBODY_WAITS_S)
    return web.Response(body=answer.body, headers={"Content-Type": answer.content_type})


async def keys(request: web.Request) -> web.Response:
    signed = _bank(request).signed_jwks(now=request.app[CLOCK]())
    return web.Response(text=signed, content_type="application/jwk-set+jwt")


async def entity_statement(request: web.Request) -> web.Response:
    return web.Response(text=_bank(request).entity_statement, content_type="application/entity-statement+jwt")


def _answer(bank: DemoBank, asked: Request, choice: str, *, now: datetime) -> str:
    match choice:
        case "cancel":
            return bank.cancel(asked, now=now)
        case "broken":
            return bank.fail(asked, now=now)
        case "slow" | "garbage":
            return bank.approve(asked, "aino", now=now, mood=Mood(choice))
        case person:
            return bank.approve(asked, person, now=now)


def _texts(said: BaseModel) -> dict[str, str]:
    """Return what was sent, and nothing that was left out."""
    return {name: str(value) for name, value in said.model_dump(exclude_unset=True).items()}


def _bank(request: web.Request) -> DemoBank:
    """Raises PageNotFound where there is no demo."""
    bank = request.app.get(BANK)
    if bank is None:
        raise PageNotFound
    return bank


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/demo/bank", front),
    web.get("/demo/bank/authorize", authorize),
    web.post("/demo/bank/authorize", choose),
    web.post("/demo/bank/token", token),
    web.get("/demo/bank/signed_jwks.jwt", keys),
    web.get("/demo/bank/.well-known/openid-federation", entity_statement),
)

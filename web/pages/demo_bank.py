"""The demo bank's own pages: another house, with another face, that lives at our address for the demo."""

from typing import Literal

from aiohttp import web
from pydantic import BaseModel, Field

from identity.demo_bank.bank import BankRefused, DemoBank, Request
from identity.demo_bank.people import PEOPLE
from web.body import read_form, read_query
from web.keys import CLOCK
from web.marks import Mark, marked
from web.refusal import PageNotFound
from web.render import page

BANK = web.AppKey("demo_bank", DemoBank)
"""Set in a demo alone; without it there is nothing at these addresses."""


class Asked(BaseModel):
    """An authorization request (OIDC Core, 3.1.2.1); the bank judges it."""

    response_type: str = Field(default="", max_length=50)
    client_id: str = Field(default="", max_length=100)
    redirect_uri: str = Field(default="", max_length=500)
    scope: str = Field(default="", max_length=200)
    state: str = Field(default="", max_length=200)
    nonce: str = Field(default="", max_length=200)
    acr_values: str = Field(default="", max_length=200)
    code_challenge: str = Field(default="", max_length=200)
    code_challenge_method: str = Field(default="", max_length=20)


class Choice(Asked):
    """The same again, from the page's hidden fields, and what the test person chose."""

    choice: Literal["aino", "kullervo", "louhi", "cancel", "broken"]


class Swap(BaseModel):
    """A token request (RFC 6749, 4.1.3; RFC 7636, 4.5)."""

    grant_type: str = Field(default="", max_length=50)
    code: str = Field(default="", max_length=200)
    redirect_uri: str = Field(default="", max_length=500)
    client_id: str = Field(default="", max_length=100)
    code_verifier: str = Field(default="", max_length=200)


async def front(request: web.Request) -> web.Response:
    _bank(request)
    return page(request, "demo_bank/front.html")


async def authorize(request: web.Request) -> web.Response:
    asked = read_query(request, Asked)
    try:
        _bank(request).asked(asked.model_dump())
    except BankRefused:
        return page(request, "demo_bank/refused.html", 400)
    return page(request, "demo_bank/authorize.html", asked=asked.model_dump().items(), people=PEOPLE.values())


async def choose(request: web.Request) -> web.Response:
    form = await read_form(request, Choice)
    bank = _bank(request)
    try:
        asked = bank.asked(form.model_dump(exclude={"choice"}))
    except BankRefused:
        return page(request, "demo_bank/refused.html", 400)
    raise web.HTTPSeeOther(_answer(bank, asked, form, request))


@marked(Mark.NO_CSRF)
async def token(request: web.Request) -> web.Response:
    """Called by servers and not by browsers: the code and its verifier are the secret."""
    bank = _bank(request)
    form = await read_form(request, Swap)
    try:
        answer = bank.swap(form.model_dump(), now=request.app[CLOCK]())
    except BankRefused as refused:
        return web.json_response({"error": refused.error}, status=400)
    return web.json_response(answer)


async def keys(request: web.Request) -> web.Response:
    return web.json_response(_bank(request).jwks())


def _answer(bank: DemoBank, asked: Request, form: Choice, request: web.Request) -> str:
    match form.choice:
        case "cancel":
            return bank.cancel(asked)
        case "broken":
            return bank.fail(asked)
        case person:
            return bank.approve(asked, person, now=request.app[CLOCK]())


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
    web.get("/demo/bank/jwks.json", keys),
)

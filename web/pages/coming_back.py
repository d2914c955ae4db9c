"""A customer comes back by the passkey that they enrolled when they were strongly identified."""

from aiohttp import web
from pydantic import BaseModel, Field

from identity.come_back import challenge_of, come_back
from identity.identification import Identified
from identity.login_attempt import LoginAttempt
from identity.passkey_checks import asked_to_sign_in
from web.body import read_json
from web.cookies import cookie
from web.keys import ADDRESS, CLOCK, RATES, UNITS
from web.own_ways import PASSKEY
from web.pages.certificate import Wanted
from web.pages.choosing import asked_by
from web.pages.delivered_code import offered
from web.pages.ending import BROWSER, claimed
from web.pages.identifying import begun, concluded
from web.pages.passkeys import LONGEST_ANSWER, party_of
from web.pages.visit import home_of

AN_HOUR = 60
"""Tries from one address."""


class Signed(BaseModel):
    """What the device has signed, and for which attempt."""

    state: str = Field(max_length=200)
    credential: str = Field(max_length=LONGEST_ANSWER)


async def ask(request: web.Request) -> web.Response:
    """Begin an attempt, and tell what to sign: its commitment. Raises TooManyRequests."""
    wanted = await read_json(request, Wanted)
    found = await offered(request, PASSKEY)
    await request.app[RATES].an_hour(AN_HOUR, "passkey from", request[ADDRESS])
    attempt = await begun(request, found, PASSKEY, wanted, asked=asked_by(found.offering, PASSKEY))
    options = asked_to_sign_in(party_of(request), challenge_of(attempt))
    return web.json_response({"state": attempt.state, "options": options})


async def enter(request: web.Request) -> web.Response:
    """Judge what was signed. Raises AttemptUnknown, ReturnRefused and AnotherPerson."""
    signed = await read_json(request, Signed)
    await offered(request, PASSKEY)
    browser = cookie(request, BROWSER) or ""
    attempt = await claimed(request, signed.state, provider=PASSKEY.name, browser=browser)
    await concluded(request, attempt, lambda: _judged(request, attempt, signed.credential))
    return web.json_response({"onward": f"{home_of(request)}/door"})


async def _judged(request: web.Request, attempt: LoginAttempt, answer: str) -> Identified:
    async with request.app[UNITS].write() as unit:
        return await come_back(
            unit, answer, party=party_of(request), attempt=attempt, now=request.app[CLOCK]()
        )


ROUTES: tuple[web.RouteDef, ...] = (
    web.post("/a/{token}/identify/passkey/options", ask),
    web.post("/a/{token}/identify/passkey", enter),
)

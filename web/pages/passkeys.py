"""The staff enrols passkeys, and signs in by one; the browser's part is in static/js/passkey/."""

from urllib.parse import urlsplit

from aiohttp import web
from pydantic import BaseModel, Field

from identity.passkey import CHALLENGE_LASTS, RelyingParty
from identity.passkey_checks import asked_to_enrol, asked_to_sign_in
from identity.passkey_sign_in import challenge_for, enrol_passkey, sign_in_by_passkey, use_challenge
from web.body import Nothing, read_form, read_json
from web.cookies import PASSKEY, SESSION, bake, cookie, throw_away
from web.fields import Name
from web.guard import just_signed_in
from web.keys import CLOCK, SITE, UNITS
from web.noting import set_up
from web.pages.access import HOME
from web.pages.signing_in import Next, place_for, session_of
from web.subjects import APerson

LONGEST_ANSWER = 16_000
KEYS = f"{HOME}/passkeys"


class Answered(BaseModel):
    """What the device has signed, as the browser writes it (WebAuthn, 5.1: toJSON)."""

    credential: str = Field(max_length=LONGEST_ANSWER)


class NewPasskey(Answered):
    name: Name


class SignedIn(Answered, Next):
    pass


class Removal(BaseModel):
    passkey: str = Field(pattern=r"^([0-9a-f]{2}){1,1023}$")


async def ask_sign_in(request: web.Request) -> web.Response:
    """Tell what to sign; the same to everybody, since nobody is known yet."""
    await read_json(request, Nothing)
    async with request.app[UNITS].write() as unit:
        token, challenge = await challenge_for(unit, None, now=request.app[CLOCK]())
    bake(request, PASSKEY, token, lasts=CHALLENGE_LASTS)
    return web.json_response(asked_to_sign_in(party_of(request), challenge))


async def sign_in(request: web.Request) -> web.Response:
    """Sign in by the passkey alone. Raises PasskeyRefused."""
    told, now = await read_json(request, SignedIn), request.app[CLOCK]()
    async with request.app[UNITS].write() as unit:
        challenge = await use_challenge(unit, cookie(request, PASSKEY), None, now=now)
    throw_away(request, PASSKEY)
    async with request.app[UNITS].write() as unit:
        party = party_of(request)
        member = await sign_in_by_passkey(unit, told.credential, party=party, challenge=challenge, now=now)
        token = await session_of(request, unit, member)
    bake(request, SESSION, token)
    return web.json_response({"onward": place_for(member, told.next)})


async def ask_enrol(request: web.Request) -> web.Response:
    member = just_signed_in(request, HOME)
    await read_json(request, Nothing)
    async with request.app[UNITS].write() as unit:
        token, challenge = await challenge_for(unit, member.id, now=request.app[CLOCK]())
        known = await unit.passkeys.of(member.id)
    bake(request, PASSKEY, token, lasts=CHALLENGE_LASTS)
    return web.json_response(asked_to_enrol(party_of(request), member, challenge, known))


async def enrol(request: web.Request) -> web.Response:
    """Keep a new passkey under the name that its owner gave it. Raises PasskeyRefused."""
    member = just_signed_in(request, HOME)
    told, now = await read_json(request, NewPasskey), request.app[CLOCK]()
    async with request.app[UNITS].write() as unit:
        challenge = await use_challenge(unit, cookie(request, PASSKEY), member.id, now=now)
    throw_away(request, PASSKEY)
    party = party_of(request)
    await set_up(
        request,
        member,
        APerson(member.id),
        lambda unit: enrol_passkey(
            unit, member, told.credential, told.name, party=party, challenge=challenge, now=now
        ),
    )
    return web.json_response({"onward": f"{HOME}#passkeys"})


async def remove(request: web.Request) -> web.Response:
    """Take one of one's own away; somebody else's, or one that there is not, changes nothing."""
    member = just_signed_in(request, HOME)
    passkey_id = bytes.fromhex((await read_form(request, Removal)).passkey)
    await set_up(
        request, member, APerson(member.id), lambda unit: unit.passkeys.remove(member.id, passkey_id)
    )
    raise web.HTTPSeeOther(f"{HOME}#passkeys")


def party_of(request: web.Request) -> RelyingParty:
    """Passkeys are for the host of the public address, whatever name the request came by."""
    site = request.app[SITE]
    return RelyingParty(urlsplit(site.public_url).hostname or "", site.origin, site.organisation)


ROUTES: tuple[web.RouteDef, ...] = (
    web.post("/sign-in/passkey/options", ask_sign_in),
    web.post("/sign-in/passkey", sign_in),
    web.post(f"{KEYS}/options", ask_enrol),
    web.post(KEYS, enrol),
    web.post(f"{KEYS}/remove", remove),
)

"""A customer who was strongly identified here enrols a passkey for the next time, or takes one away."""

from uuid import UUID

from aiohttp import web

from identity.assurance import Assurance
from identity.come_back import challenge_of, enrol, may_enrol
from identity.door import identified_as
from identity.errors import AttemptUnknown, PasskeyRefused, SessionOver
from identity.identification import Identification
from identity.login import begin_login, claim
from identity.login_attempt import LASTS, Purpose
from identity.passkey_checks import asked_to_enrol
from identity.secret import fresh
from web.body import Nothing, read_form, read_json
from web.cookies import bake, cookie, throw_away
from web.csrf import csrf_token
from web.guard import came_in, customer_appointment
from web.i18n import N_, gettext, language_of
from web.keys import ADDRESS, CLOCK, RATES, UNITS
from web.pages.coming_back import Signed
from web.pages.passkeys import Removal, party_of
from web.pages.visit import home_of, visit_of
from web.render import page

ENROLS = "enrols-passkey"
"""Stands for the provider in attempts; the cookie of the browser that may end one."""
AN_HOUR = 30
REFUSED = N_("The passkey could not be made. Nothing has changed: you can try again.")


async def show(request: web.Request) -> web.Response:
    """List this person's; who is not known in this browser is led to the appointment."""
    found = await visit_of(request)
    now = request.app[CLOCK]()
    try:
        proof = await _proof(request)
    except SessionOver:
        raise web.HTTPSeeOther(home_of(request)) from None
    if proof.person_id is None:
        raise web.HTTPSeeOther(home_of(request))
    async with request.app[UNITS].read() as unit:
        passkeys = await unit.customer_passkeys.of(proof.person_id, now=now)
    home = home_of(request)
    return page(
        request,
        "identification/passkey.html",
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        passkeys=passkeys,
        may_enrol=may_enrol(proof),
        data={
            "csrf": csrf_token(request),
            "options": f"{home}/passkey/options",
            "answer": f"{home}/passkey",
            "enrols": True,
            "words": {"refused": gettext(language_of(request), REFUSED)},
        },
    )


async def ask(request: web.Request) -> web.Response:
    """Begin an attempt to enrol. Raises SessionOver for who is not strongly identified here."""
    await read_json(request, Nothing)
    await request.app[RATES].an_hour(AN_HOUR, "passkey made from", request[ADDRESS])
    (proof, person_id), now, browser = await _strong(request), request.app[CLOCK](), fresh()
    async with request.app[UNITS].write() as unit:
        person = await unit.persons.get(person_id)
        known = await unit.customer_passkeys.of(person.id, now=now)
        attempt = await begin_login(
            unit,
            proof.appointment_id,
            provider=ENROLS,
            browser=browser,
            purpose=Purpose.DOOR,
            asked=Assurance.NONE,
            now=now,
        )
    bake(request, ENROLS, browser, lasts=LASTS)
    options = asked_to_enrol(party_of(request), person, challenge_of(attempt), [one.as_key for one in known])
    return web.json_response({"state": attempt.state, "options": options})


async def keep(request: web.Request) -> web.Response:
    """Keep what the device has made. Raises SessionOver, AttemptUnknown and PasskeyRefused."""
    signed, now = await read_json(request, Signed), request.app[CLOCK]()
    proof, person_id = await _strong(request)
    async with request.app[UNITS].write() as unit:
        attempt = await claim(unit, signed.state, now=now)
    attempt.check_browser(provider=ENROLS, browser=cookie(request, ENROLS) or "")
    attempt.check_time(now=now)
    if attempt.appointment_id != proof.appointment_id:
        raise AttemptUnknown
    throw_away(request, ENROLS)
    async with request.app[UNITS].write() as unit:
        person = await unit.persons.get(person_id)
        await enrol(unit, person, proof, signed.credential, party=party_of(request), attempt=attempt, now=now)
    return web.json_response({"onward": f"{home_of(request)}/passkey"})


async def remove(request: web.Request) -> web.Response:
    """Take one of one's own away; another's, or one that there is not, stays. Raises SessionOver."""
    passkey_id = bytes.fromhex((await read_form(request, Removal)).passkey)
    proof = await _proof(request)
    if proof.person_id is not None:
        async with request.app[UNITS].write() as unit:
            await unit.customer_passkeys.remove(proof.person_id, passkey_id)
    raise web.HTTPSeeOther(f"{home_of(request)}/passkey")


async def _proof(request: web.Request) -> Identification:
    """Return who this browser proved to be at this appointment. Raises NotFound and SessionOver."""
    appointment = await customer_appointment(request)
    async with request.app[UNITS].read() as unit:
        session = await came_in(request, unit, appointment.id)
        proof = await identified_as(unit, session) if session else None
    if proof is None:
        raise SessionOver
    return proof


async def _strong(request: web.Request) -> tuple[Identification, UUID]:
    proof = await _proof(request)
    if not may_enrol(proof) or proof.person_id is None:
        raise PasskeyRefused
    return proof, proof.person_id


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/passkey", show),
    web.post("/a/{token}/passkey/options", ask),
    web.post("/a/{token}/passkey", keep),
    web.post("/a/{token}/passkey/remove", remove),
)

"""A customer proves who they are: out to the bank or broker, and back."""

from collections.abc import Mapping

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from booking.attend import record
from booking.errors import WrongStatus
from booking.fact import Actor, FactKind
from identity.assurance import Assurance
from identity.door_session import LASTS as DOOR_LASTS
from identity.errors import AttemptUnknown, IdentificationFailed
from identity.identification import Identified
from identity.login import Finished, begin_login, claim, finish_login
from identity.login_attempt import LASTS, LoginAttempt, Purpose
from identity.provider import RedirectingProvider
from identity.secret import fresh
from identity.trip import Trip
from web.answered import answered
from web.body import read_form, read_query
from web.cookies import DOOR, bake, cookie, throw_away
from web.errors import ANSWERS
from web.i18n import language_of
from web.keys import CLOCK, PROVIDERS, REQUEST_ID, SITE, UNITS
from web.pages.visit import Visit, home_of, visit, visit_of
from web.refusal import PageNotFound
from web.render import page

BROWSER = "identify"
"""The cookie that binds an attempt to a browser: random bits, a dot, and the link's token to come back to."""


class ChosenProvider(BaseModel):
    provider: str = Field(default="", max_length=40)


class Returned(BaseModel):
    """What a provider sent the browser back with; each provider knows its own words."""

    model_config = ConfigDict(extra="allow")

    state: str = Field(default="", max_length=200)


def ways(request: web.Request, asked: str) -> list[RedirectingProvider]:
    """Return the providers that are sure enough for an offering, in the order of the settings."""
    needed = Assurance.of(asked)
    return [
        each
        for each in request.app[PROVIDERS].values()
        if isinstance(each, RedirectingProvider) and each.assurance >= needed
    ]


async def choose(request: web.Request) -> web.Response:
    found = await visit_of(request)
    return page(
        request,
        "identification/choose.html",
        visit=found,
        token=request.match_info["token"],
        ways=ways(request, found.offering.assurance),
    )


async def identify(request: web.Request) -> web.Response:
    """Send the browser to the provider; one that was not named is the only one there is."""
    chosen = await read_form(request, ChosenProvider)
    found = await visit_of(request)
    if not found.appointment.is_live:
        raise WrongStatus(found.appointment.status)
    provider = _chosen(ways(request, found.offering.assurance), chosen.provider)
    if provider is None:
        raise web.HTTPSeeOther(f"{home_of(request)}/identify")
    browser = f"{fresh()}.{request.match_info['token']}"
    attempt = await _begun(request, found, provider, browser)
    bake(request, BROWSER, browser, lasts=LASTS)
    try:
        address = await answered(provider.begin(_trip(request, attempt)))
    except IdentificationFailed as failed:
        await _write_down(request, attempt, failed)
        return await _failed(request, attempt, request.match_info["token"], failed)
    raise web.HTTPSeeOther(address)


async def callback(request: web.Request) -> web.Response:
    """Take the browser back. This GET changes things: cookie and state bind it, and it works once.

    Raises AttemptUnknown for another browser's or a second one.
    """
    provider = request.app[PROVIDERS].get(request.match_info["provider"])
    browser = cookie(request, BROWSER)
    if not isinstance(provider, RedirectingProvider):
        raise PageNotFound
    if browser is None:
        raise AttemptUnknown
    returned = read_query(request, Returned)
    attempt = await _claimed(request, returned.state, provider, browser)
    throw_away(request, BROWSER)
    try:
        finished = await _judged(request, provider, attempt, _texts(returned))
    except IdentificationFailed as failed:
        await _write_down(request, attempt, failed)
        return await _failed(request, attempt, _link(browser), failed)
    if finished.door_token is not None:
        bake(request, DOOR, finished.door_token, lasts=DOOR_LASTS)
    raise web.HTTPSeeOther(f"/a/{_link(browser)}/door")


async def _begun(
    request: web.Request, found: Visit, provider: RedirectingProvider, browser: str
) -> LoginAttempt:
    now, appointment = request.app[CLOCK](), found.appointment
    async with request.app[UNITS].write() as unit:
        attempt = await begin_login(
            unit,
            appointment.id,
            provider=provider.name,
            browser=browser,
            purpose=Purpose.DOOR,
            asked=Assurance.of(found.offering.assurance),
            now=now,
        )
        await record(
            unit,
            appointment.id,
            FactKind.IDENTIFICATION_BEGUN,
            by=Actor.CUSTOMER,
            now=now,
            detail={"provider": provider.name},
        )
    return attempt


async def _claimed(
    request: web.Request, state: str, provider: RedirectingProvider, browser: str
) -> LoginAttempt:
    """Spend the attempt before anything else is looked at. Raises AttemptUnknown."""
    async with request.app[UNITS].write() as unit:
        attempt = await claim(unit, state, now=request.app[CLOCK]())
    attempt.check_browser(provider=provider.name, browser=browser)
    return attempt


async def _judged(
    request: web.Request, provider: RedirectingProvider, attempt: LoginAttempt, returned: Mapping[str, str]
) -> Finished:
    """Ask the provider outside a unit, then keep what it said. Raises IdentificationFailed."""
    attempt.check_time(now=request.app[CLOCK]())
    identified = await answered(provider.complete(_trip(request, attempt), returned))
    return await _kept(request, attempt, identified)


async def _kept(request: web.Request, attempt: LoginAttempt, identified: Identified) -> Finished:
    now = request.app[CLOCK]()
    async with request.app[UNITS].write() as unit:
        found = await visit(unit, attempt.appointment_id)
        finished = await finish_login(
            unit,
            attempt,
            identified,
            booked_name=found.appointment.customer.name,
            door_token=cookie(request, DOOR),
            now=now,
        )
        await record(
            unit,
            attempt.appointment_id,
            FactKind.IDENTIFICATION_DONE,
            by=Actor.CUSTOMER,
            now=now,
            detail={"method": identified.method, "assurance": identified.assurance.word},
        )
    return finished


async def _write_down(request: web.Request, attempt: LoginAttempt, failed: IdentificationFailed) -> None:
    async with request.app[UNITS].write() as unit:
        await record(
            unit,
            attempt.appointment_id,
            FactKind.IDENTIFICATION_FAILED,
            by=Actor.CUSTOMER,
            now=request.app[CLOCK](),
            detail={"reason": failed.failure.value, "provider": attempt.provider},
        )


async def _failed(
    request: web.Request, attempt: LoginAttempt, link: str, failed: IdentificationFailed
) -> web.Response:
    """Tell what happened and what to do; the booking stands, and nothing is asked twice."""
    answer = ANSWERS[type(failed)]
    async with request.app[UNITS].read() as unit:
        found = await visit(unit, attempt.appointment_id)
    return page(
        request,
        "identification/failed.html",
        answer.status,
        answer=answer,
        visit=found,
        token=link,
        ways=ways(request, found.offering.assurance),
        request_id=request[REQUEST_ID],
    )


def _chosen(choices: list[RedirectingProvider], name: str) -> RedirectingProvider | None:
    if not name and len(choices) == 1:
        return choices[0]
    return next((each for each in choices if each.name == name), None)


def _texts(returned: Returned) -> dict[str, str]:
    return {name: str(value) for name, value in returned.model_dump().items()}


def _trip(request: web.Request, attempt: LoginAttempt) -> Trip:
    return Trip(
        attempt=attempt,
        return_to=f"{request.app[SITE].public_url}/identify/{attempt.provider}/callback",
        language=language_of(request),
        asked=attempt.asked,
        now=request.app[CLOCK](),
    )


def _link(browser: str) -> str:
    return browser.partition(".")[2]


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/identify", choose),
    web.post("/a/{token}/identify", identify),
    web.get("/identify/{provider}/callback", callback),
)

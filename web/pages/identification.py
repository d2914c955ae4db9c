"""A customer proves who they are: out to the bank or broker, and back."""

from collections.abc import Sequence
from functools import partial

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field
from yarl import URL

from booking.errors import WrongStatus
from identity.errors import AttemptUnknown, CallbackRefused, IdentificationFailed
from identity.identification import Identified
from identity.login_attempt import LoginAttempt
from identity.provider import IdentityProvider, RedirectingProvider
from web.answered import answered
from web.body import read_form, read_query
from web.cookies import cookie
from web.errors import ANSWERS
from web.keys import PROVIDERS, REQUEST_ID, SITE, UNITS
from web.pages.certificate import Wanted, certificate_place, wanted_again
from web.pages.choosing import choice_of
from web.pages.ending import BROWSER, claimed, write_down
from web.pages.identify_words import last_failure
from web.pages.identifying import (
    begun,
    concluded,
    place_after,
    trip_of,
    ways,
)
from web.pages.visit import home_of, visit, visit_of
from web.refusal import PageNotFound
from web.render import SPEAKS_AT, page


class ChosenProvider(Wanted):
    provider: str = Field(default="", max_length=40)
    method: str = Field(default="", max_length=60)


class Returned(BaseModel):
    """What a provider sent the browser back with; each provider knows its own words.

    Those of OAuth 2.0 are counted here: said twice, they could be read in two ways.
    """

    model_config = ConfigDict(extra="allow")

    state: list[str] = Field(default_factory=list)
    code: list[str] = Field(default_factory=list)
    error: list[str] = Field(default_factory=list)
    iss: list[str] = Field(default_factory=list)

    def texts(self) -> dict[str, str]:
        """Raises CallbackRefused."""
        said = self.model_dump(exclude_defaults=True)
        if any(isinstance(value, list) and len(value) > 1 for value in said.values()):
            raise CallbackRefused("repeated")
        return {name: str(value[0] if isinstance(value, list) else value) for name, value in said.items()}


async def choose(request: web.Request) -> web.Response:
    """Offer the ways that are sure enough, and tell what went wrong the last time."""
    wanted = read_query(request, Wanted)
    found = await visit_of(request)
    async with request.app[UNITS].read() as unit:
        facts = await unit.facts.of(found.appointment.id)
    return page(
        request,
        "identification/choose.html",
        visit=found,
        failed=last_failure(facts),
        token=request.match_info["token"],
        certificate=certificate_place(found),
        wanted=wanted,
        choice=await choice_of(request, found, wanted.asked),
    )


async def identify(request: web.Request) -> web.Response:
    """Send the browser to the provider; one that was not named is the only one there is."""
    chosen = await read_form(request, ChosenProvider)
    found = await visit_of(request)
    if not found.appointment.is_live:
        raise WrongStatus(found.appointment.status)
    provider = _chosen(ways(request, found.offering.assurance, chosen.asked), chosen.provider)
    if provider is None:
        raise web.HTTPSeeOther(f"{home_of(request)}/identify{chosen.again}")
    if not isinstance(provider, RedirectingProvider):
        raise web.HTTPSeeOther(f"{home_of(request)}/identify/with/{provider.name}{chosen.again}")
    attempt = await begun(request, found, provider, chosen)
    try:
        address = await answered(provider.begin(trip_of(request, attempt, method=chosen.method)))
    except IdentificationFailed as failed:
        await write_down(request, attempt, failed)
        return await _failed(request, attempt, request.match_info["token"], failed)
    return _sent(request, address)


def _sent(request: web.Request, address: str) -> web.Response:
    """Send the browser away: to another house by a page of ours that goes on by itself.

    A redirect would belong to the form that was sent, and `form-action` then holds the whole way: from the
    broker on to whichever bank. Raises HTTPSeeOther for an address of ours.
    """
    host = URL(address).host or ""
    if URL(address).origin() == URL(request.app[SITE].public_url).origin():
        raise web.HTTPSeeOther(address)
    return page(request, "identification/leaving.html", address=address, host=host)


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
    state = returned.state[0] if len(returned.state) == 1 else ""
    attempt = await claimed(request, state, provider=provider.name, browser=browser)
    try:
        await concluded(request, attempt, partial(_judged, request, provider, attempt, returned))
    except IdentificationFailed as failed:
        return await _failed(request, attempt, _link(browser), failed)
    raise web.HTTPSeeOther(place_after(attempt, _link(browser)))


async def _judged(
    request: web.Request, provider: RedirectingProvider, attempt: LoginAttempt, returned: Returned
) -> Identified:
    return await provider.complete(trip_of(request, attempt), returned.texts())


async def _failed(
    request: web.Request, attempt: LoginAttempt, link: str, failed: IdentificationFailed
) -> web.Response:
    """Tell what happened and what to do; the booking stands, and nothing is asked twice."""
    answer, wanted = ANSWERS[type(failed)], wanted_again(attempt)
    request[SPEAKS_AT] = f"/a/{link}/identify"
    async with request.app[UNITS].read() as unit:
        found = await visit(unit, attempt.appointment_id)
    return page(
        request,
        "identification/failed.html",
        answer.status,
        answer=answer,
        visit=found,
        token=link,
        certificate=certificate_place(found),
        wanted=wanted,
        choice=await choice_of(request, found, wanted.asked),
        request_id=request[REQUEST_ID],
    )


def _chosen(choices: Sequence[IdentityProvider], name: str) -> IdentityProvider | None:
    if not name and len(choices) == 1:
        return choices[0]
    return next((each for each in choices if each.name == name), None)


def _link(browser: str) -> str:
    return browser.partition(".")[2]


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/identify", choose),
    web.post("/a/{token}/identify", identify),
    web.get("/identify/{provider}/callback", callback),
)

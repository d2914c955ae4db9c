"""The staff signs in by the organisation's issuer: out, and back with an answer that is judged."""

import structlog
from aiohttp import web
from yarl import URL

from identity.errors import (
    AssertionRefused,
    AttemptUnknown,
    BankUnavailable,
    IdentificationCancelled,
    IdentificationFailed,
    IssuerFailed,
    NotOnStaff,
    Refusal,
)
from identity.issuer_sign_in import come_back, member_of
from identity.staff import StaffMember
from identity.staff_issuer.code_flow import StaffCodeFlow
from identity.staff_issuer.trip import LASTS, StaffTrip, set_out
from web.answered import answered
from web.body import read_form
from web.cookies import SESSION, TRIP, bake, cookie, throw_away
from web.forms import blank
from web.i18n import language_of
from web.keys import CLOCK, SITE, STAFF_ISSUER, UNITS
from web.pages.login import shown_sign_in
from web.pages.signing_in import Next, local, place_for, session_of
from web.ports import Unit
from web.refusal import PageNotFound
from web.render import page

HOME = "/sign-in/issuer"
CALLBACK = f"{HOME}/callback"
_log = structlog.get_logger("web")


async def begin(request: web.Request) -> web.Response:
    """Send the browser away by a page of ours that goes on by itself: `form-action` would hold a redirect."""
    flow = _flow(request)
    onward, now = local((await read_form(request, Next)).next), request.app[CLOCK]()
    state, browser, trip = set_out(onward, now=now)
    try:
        place = await answered(
            flow.begin(trip, state, _return_to(request), language=language_of(request), now=now)
        )
    except IdentificationFailed as failed:
        return await _refused(request, failed)
    async with request.app[UNITS].write() as unit:
        await unit.staff_trips.add(trip)
    bake(request, TRIP, browser, lasts=LASTS)
    return page(request, "login/leaving.html", address=place, host=URL(place).host)


async def callback(request: web.Request) -> web.Response:
    """Three steps: the trip is used up; the answer is judged, without a unit; who it is comes in."""
    flow, now = _flow(request), request.app[CLOCK]()
    try:
        async with request.app[UNITS].write() as unit:
            trip = await come_back(unit, request.query.get("state", ""), cookie(request, TRIP), now=now)
        throw_away(request, TRIP)
        member, token = await _signed_in(request, flow, trip)
    except (AttemptUnknown, IdentificationFailed, NotOnStaff) as refused:
        return await _refused(request, refused)
    bake(request, SESSION, token)
    raise web.HTTPSeeOther(place_for(member, trip.onward))


async def _signed_in(request: web.Request, flow: StaffCodeFlow, trip: StaffTrip) -> tuple[StaffMember, str]:
    claimed = await answered(
        flow.complete(trip, dict(request.query), _return_to(request), now=request.app[CLOCK]())
    )

    async def work(unit: Unit) -> tuple[StaffMember, str]:
        member = await member_of(unit, claimed, flow.issuer)
        return member, await session_of(request, unit, member)

    return await request.app[UNITS].do(work)


async def _refused(request: web.Request, refused: Refusal) -> web.Response:
    """Show the sign-in again with what happened; which check failed is for the log alone."""
    if isinstance(refused, AssertionRefused):
        _log.warning("sign-in by issuer refused", check=refused.check)
    is_told = isinstance(refused, NotOnStaff | BankUnavailable | IdentificationCancelled)
    return await shown_sign_in(request, blank(), refused if is_told else IssuerFailed())


def _flow(request: web.Request) -> StaffCodeFlow:
    flow = request.app.get(STAFF_ISSUER)
    if flow is None:
        raise PageNotFound
    return flow


def _return_to(request: web.Request) -> str:
    return f"{request.app[SITE].public_url}{CALLBACK}"


ROUTES: tuple[web.RouteDef, ...] = (
    web.post(HOME, begin),
    web.get(CALLBACK, callback),
)

"""An identification on the side of a meeting: it hears how that goes, and the tab says when it is done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from aiohttp import web

from identity.errors import IdentificationFailed
from identity.login_attempt import LoginAttempt, Purpose
from signalling.message import ProvingState
from web.guard import came_in
from web.keys import SWITCHBOARD, UNITS
from web.pages.visit import visit_of
from web.render import page


async def identified(request: web.Request) -> web.Response:
    """Say that it is done, and that the meeting goes on in the other tab; it tells nobody's name."""
    found = await visit_of(request)
    return page(request, "identification/identified.html", visit=found, token=request.match_info["token"])


async def tell_begun(request: web.Request, attempt: LoginAttempt) -> None:
    _tell(request, attempt, await _participant(request, attempt), ProvingState.BEGUN)


async def tell_failed(request: web.Request, attempt: LoginAttempt, failed: IdentificationFailed) -> None:
    who = await _participant(request, attempt)
    _tell(request, attempt, who, ProvingState.FAILED, failed.failure.value)


@asynccontextmanager
async def told_when_done(request: web.Request, attempt: LoginAttempt) -> AsyncIterator[None]:
    """Look who sits there before their cookie is renewed, and tell the meeting once it is."""
    who = await _participant(request, attempt)
    yield
    _tell(request, attempt, who, ProvingState.DONE)


async def _participant(request: web.Request, attempt: LoginAttempt) -> UUID | None:
    """Return who it is in the meeting; nobody for an identification that is not made in one."""
    if attempt.purpose is not Purpose.MEETING:
        return None
    async with request.app[UNITS].read() as unit:
        session = await came_in(request, unit, attempt.appointment_id)
    return session.participant_id if session else None


def _tell(
    request: web.Request,
    attempt: LoginAttempt,
    who: UUID | None,
    state: ProvingState,
    reason: str | None = None,
) -> None:
    if who is not None:
        request.app[SWITCHBOARD].tell_proving(attempt.appointment_id, who, state, reason)


ROUTES: tuple[web.RouteDef, ...] = (web.get("/a/{token}/identified", identified),)

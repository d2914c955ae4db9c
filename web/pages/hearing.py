"""One look whether the other device has answered, and how the waiting ends when it has."""

from aiohttp import web

from identity.errors import AttemptExpired, BankUnavailable, IdentificationFailed
from identity.identification import Identified
from identity.prompt import Pending, Prompted
from identity.provider import PromptingProvider
from identity.wait import go_on_waiting, nobody_answered, stop_waiting, take_turn
from web.answered import answered
from web.cookies import cookie
from web.keys import CLOCK, UNITS
from web.pages.certificate import wanted_again
from web.pages.ending import BROWSER, claimed
from web.pages.identifying import concluded, place_after, trip_of
from web.pages.visit import home_of


async def hear(request: web.Request, waiting: Prompted, provider: PromptingProvider) -> str | None:
    """Return where to go now that it has ended, well or not; None while it goes on. Raises AttemptUnknown."""
    heard = await _heard(request, waiting, provider)
    if heard is None:
        return None
    attempt = await claimed(
        request, waiting.attempt.state, provider=provider.name, browser=cookie(request, BROWSER) or ""
    )
    async with request.app[UNITS].write() as unit:
        await stop_waiting(unit, waiting)
    try:
        await concluded(request, attempt, lambda: _said(heard))
    except IdentificationFailed:
        return f"{home_of(request)}/identify{wanted_again(attempt).again}"
    return place_after(attempt, request.match_info["token"])


async def _heard(
    request: web.Request, waiting: Prompted, provider: PromptingProvider
) -> Identified | IdentificationFailed | None:
    """Ask the provider, if it is time and nobody else does; None when there is nothing to tell yet."""
    now = request.app[CLOCK]()
    if now >= waiting.prompt.ends_at:
        return BankUnavailable() if waiting.is_silent else AttemptExpired(waiting.prompt.ends_at)
    async with request.app[UNITS].write() as unit:
        if not await take_turn(unit, waiting, now=now):
            return None
    try:
        told = await answered(provider.poll(trip_of(request, waiting.attempt), waiting.prompt.memo))
    except BankUnavailable:
        async with request.app[UNITS].write() as unit:
            await nobody_answered(unit, waiting, now=request.app[CLOCK]())
        return None
    except IdentificationFailed as failed:
        return failed
    if isinstance(told, Identified):
        return told
    await _go_on(request, waiting, told)
    return None


async def _go_on(request: web.Request, waiting: Prompted, pending: Pending) -> None:
    async with request.app[UNITS].write() as unit:
        await go_on_waiting(unit, waiting, until=pending.ask_again_at)


async def _said(heard: Identified | IdentificationFailed) -> Identified:
    if isinstance(heard, IdentificationFailed):
        raise heard
    return heard

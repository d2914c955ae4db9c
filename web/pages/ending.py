"""How an attempt to identify is spent, and what is written down when it comes to nothing."""

from contextlib import suppress
from uuid import UUID

import structlog
from aiohttp import web

from booking.attend import record
from booking.fact import Actor, FactKind
from identity.errors import (
    AssertionRefused,
    AttemptUnknown,
    BankUnavailable,
    IdentificationCancelled,
    IdentificationFailed,
)
from identity.failure import Failure
from identity.login import claim
from identity.login_attempt import LoginAttempt
from identity.prompt import Prompted
from identity.wait import stop_waiting, waiting_in
from web.cookies import cookie, throw_away
from web.keys import CLOCK, UNITS
from web.pages.step_up import tell_failed

_log = structlog.get_logger("web")

BROWSER = "identify"
"""The cookie that binds an attempt to a browser: random bits, a dot, and the link's token to come back to."""


async def claimed(request: web.Request, state: str, *, provider: str, browser: str) -> LoginAttempt:
    """Spend the attempt before anything else is looked at. Raises AttemptUnknown."""
    async with request.app[UNITS].write() as unit:
        attempt = await claim(unit, state, now=request.app[CLOCK]())
    attempt.check_browser(provider=provider, browser=browser)
    throw_away(request, BROWSER)
    return attempt


async def given_up(request: web.Request, waiting: Prompted) -> LoginAttempt:
    """End the waiting: by who cancels, or by a provider that is silent. Raises AttemptUnknown."""
    browser = cookie(request, BROWSER) or ""
    attempt = await claimed(
        request, waiting.attempt.state, provider=waiting.attempt.provider, browser=browser
    )
    async with request.app[UNITS].write() as unit:
        await stop_waiting(unit, waiting)
    await write_down(request, attempt, BankUnavailable() if waiting.is_silent else IdentificationCancelled())
    return attempt


async def silent_here(request: web.Request, appointment_id: UUID) -> Prompted | None:
    """Return what this browser waits for in vain, because its provider does not answer just now."""
    async with request.app[UNITS].read() as unit:
        try:
            waiting = await waiting_in(unit, cookie(request, BROWSER))
        except AttemptUnknown:
            return None
    is_here = waiting.attempt.appointment_id == appointment_id
    return waiting if is_here and waiting.is_silent else None


async def give_up_silent(request: web.Request, appointment_id: UUID) -> None:
    """Whoever takes another way while a provider is silent waits for it no more, and was not at fault."""
    waiting = await silent_here(request, appointment_id)
    if waiting is not None:
        with suppress(AttemptUnknown):  # it has just ended in another tab
            await given_up(request, waiting)


def _heard_of(failed: IdentificationFailed) -> dict[str, str | bool]:
    """Tell apart what a browser says of a bank from what we have seen of it."""
    is_hearsay = isinstance(failed, BankUnavailable) and failed.is_hearsay
    return {"is_hearsay": True} if is_hearsay else {}


async def write_down(request: web.Request, attempt: LoginAttempt, failed: IdentificationFailed) -> None:
    """Write a fact for people, and for the log which check it was; neither tells what was sent."""
    tell = _log.info if failed.failure is Failure.CANCELLED else _log.warning
    tell(
        "identification_failed",
        provider=attempt.provider,
        reason=failed.failure.value,
        check=_check_of(failed),
    )
    async with request.app[UNITS].write() as unit:
        await record(
            unit,
            attempt.appointment_id,
            FactKind.IDENTIFICATION_FAILED,
            by=Actor.CUSTOMER,
            now=request.app[CLOCK](),
            detail={
                **_heard_of(failed),
                "reason": failed.failure.value,
                "provider": attempt.provider,
                "purpose": attempt.purpose.value,
            },
        )
    await tell_failed(request, attempt, failed)


def _check_of(failed: IdentificationFailed) -> str:
    match failed:
        case AssertionRefused():
            return failed.check
        case BankUnavailable():
            return failed.code
    return ""

"""How an identification begins and ends, whichever kind of provider stands between."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from booking.attend import record
from booking.fact import Actor, FactKind
from identity.assurance import Assurance
from identity.door_session import LASTS as DOOR_LASTS
from identity.errors import IdentificationFailed
from identity.identification import Identified
from identity.login import Finished, begin_login, claim, finish_login
from identity.login_attempt import LASTS, LoginAttempt, Purpose
from identity.provider import IdentityProvider
from identity.secret import fresh
from identity.trip import Trip
from web.answered import answered
from web.cookies import DOOR, bake, cookie, throw_away
from web.guard import came_in
from web.i18n import language_of
from web.keys import CLOCK, PROVIDERS, SITE, UNITS
from web.pages.certificate import Wanted
from web.pages.ending import BROWSER, give_up_silent, write_down
from web.pages.step_up import tell_begun, told_when_done
from web.pages.visit import Visit, visit

NOTHING_MORE = Wanted()


def ways(request: web.Request, asked: str, asked_now: Assurance = Assurance.NONE) -> list[IdentityProvider]:
    """Return the providers that are sure enough for an offering, in the order of the settings.

    `asked_now` is what an adviser asks for in a meeting.
    """
    needed = max(Assurance.of(asked), asked_now)
    return [each for each in request.app[PROVIDERS].values() if each.assurance >= needed]


async def begun(
    request: web.Request,
    found: Visit,
    provider: IdentityProvider,
    wanted: Wanted = NOTHING_MORE,
    *,
    asked: Assurance | None = None,
) -> LoginAttempt:
    """Begin an attempt in a unit, and give the browser the cookie that alone can end it.

    `asked` is less than the offering asks for where a lower level suffices, because the bank is down.
    """
    now, appointment = request.app[CLOCK](), found.appointment
    await give_up_silent(request, appointment.id)
    browser = f"{fresh()}.{request.match_info['token']}"
    async with request.app[UNITS].write() as unit:
        session = await came_in(request, unit, appointment.id)
        purpose = wanted.purpose(has_come_in=session is not None)
        attempt = await begin_login(
            unit,
            appointment.id,
            provider=provider.name,
            browser=browser,
            purpose=purpose,
            asked=max(Assurance.of(found.offering.assurance), wanted.asked) if asked is None else asked,
            fingerprint=None if purpose is Purpose.BOOKING else wanted.certificate,
            now=now,
        )
        await record(
            unit,
            appointment.id,
            FactKind.IDENTIFICATION_BEGUN,
            by=Actor.CUSTOMER,
            now=now,
            detail={"provider": provider.name, "purpose": purpose.value},
        )
    bake(request, BROWSER, browser, lasts=LASTS)
    await tell_begun(request, attempt)
    return attempt


async def begun_here(
    request: web.Request, found: Visit, provider: IdentityProvider, wanted: Wanted, *, asked: Assurance
) -> LoginAttempt:
    """Begin an attempt that this same request ends, and claim it."""
    attempt = await begun(request, found, provider, wanted, asked=asked)
    async with request.app[UNITS].write() as unit:
        await claim(unit, attempt.state, now=request.app[CLOCK]())
    throw_away(request, BROWSER)
    return attempt


async def concluded(
    request: web.Request, attempt: LoginAttempt, judge: Callable[[], Awaitable[Identified]]
) -> None:
    """End a claimed attempt: ask the provider outside a unit, keep what it said, and renew the door's cookie.

    Raises IdentificationFailed, after it was written down.
    """
    try:
        attempt.check_time(now=request.app[CLOCK]())
        identified = await answered(judge())
        async with told_when_done(request, attempt):
            finished = await _kept(request, attempt, identified)
    except IdentificationFailed as failed:
        await write_down(request, attempt, failed)
        raise
    if finished.door_token is not None:
        bake(request, DOOR, finished.door_token, lasts=DOOR_LASTS)


def place_after(attempt: LoginAttempt, link: str) -> str:
    """Return where an identification that is done leads: who is in a meeting, sits there in another tab."""
    match attempt.purpose:
        case Purpose.BOOKING:
            return f"/a/{link}?identified=1"
        case Purpose.DOOR:
            return f"/a/{link}/door"
        case Purpose.MEETING:
            return f"/a/{link}/identified"


def trip_of(request: web.Request, attempt: LoginAttempt, *, method: str = "") -> Trip:
    return Trip(
        attempt=attempt,
        return_to=f"{request.app[SITE].public_url}/identify/{attempt.provider}/callback",
        language=language_of(request),
        asked=attempt.asked,
        now=request.app[CLOCK](),
        method=method,
    )


async def _kept(request: web.Request, attempt: LoginAttempt, identified: Identified) -> Finished:
    now = request.app[CLOCK]()
    async with request.app[UNITS].write() as unit:
        found = await visit(unit, attempt.appointment_id)
        level = Assurance.of(found.offering.assurance)
        instead_of = level if attempt.asked < level else None
        finished = await finish_login(
            unit,
            attempt,
            identified,
            booked_name=found.appointment.customer.name,
            door_token=cookie(request, DOOR),
            instead_of=instead_of,
            now=now,
        )
        await record(
            unit,
            attempt.appointment_id,
            FactKind.IDENTIFICATION_DONE,
            by=Actor.CUSTOMER,
            now=now,
            detail={
                **({"instead_of": instead_of.word} if instead_of else {}),
                "method": identified.method,
                "assurance": identified.assurance.word,
                "purpose": attempt.purpose.value,
                "is_bound": attempt.fingerprint is not None,
            },
        )
    return finished

"""A customer proves who they are on another device, while our page waits and shows what to compare."""

from contextlib import suppress
from datetime import datetime

from aiohttp import web
from pydantic import BaseModel

from booking.errors import WrongStatus
from identity.errors import AttemptUnknown, IdentificationFailed
from identity.failure import Failure
from identity.prompt import Prompted
from identity.provider import PromptingProvider
from identity.wait import begin_waiting, waiting_in
from web.answered import answered
from web.body import Nothing, read_form, read_json, read_query
from web.cookies import cookie
from web.csrf import csrf_token
from web.guard import customer_appointment
from web.i18n import N_, gettext, language_of
from web.keys import CLOCK, PROVIDERS, UNITS
from web.pages.certificate import Wanted, certificate_place, wanted_again
from web.pages.choosing import choice_of
from web.pages.ending import BROWSER, given_up, write_down
from web.pages.hearing import hear
from web.pages.identify_words import FAILED
from web.pages.identifying import begun, trip_of, ways
from web.pages.questions import Answered, Asked, answers, limited
from web.pages.visit import Visit, home_of, visit_of
from web.pages.waiting_words import WORDS
from web.refusal import PageNotFound, TooManyRequests
from web.render import page

MENDED_HERE = frozenset({Failure.NOT_ENROLLED, Failure.CODE_MISMATCH})
"""What other answers to the same questions may mend; all else leads back to the other ways."""
TOO_OFTEN = N_("This was asked too often just now. Wait a minute and try again, or choose another way.")


class Looked(BaseModel):
    """Whether somebody has pressed the button and nothing was known yet."""

    still: str = ""


async def ask(request: web.Request) -> web.Response:
    wanted = read_query(request, Wanted)
    found, provider = await _chosen(request, wanted)
    return _form(request, found, provider, Asked(provider.questions(language_of(request)), wanted))


async def begin(request: web.Request) -> web.Response:
    """Make the other device ask; who asks too often is told so beside what they typed."""
    found, provider = await _chosen(request, await read_form(request, Answered))
    asked, read = await answers(request, provider)
    if asked.errors:
        return _form(request, found, provider, asked, 422)
    try:
        await limited(request, asked, read)
    except TooManyRequests as refused:
        again = _form(request, found, provider, asked, 429, failed=TOO_OFTEN)
        again.headers["Retry-After"] = str(refused.retry_after_seconds)
        return again
    attempt = await begun(request, found, provider, asked.wanted)
    try:
        prompt = await answered(provider.prompt(trip_of(request, attempt), read))
    except IdentificationFailed as failed:
        await write_down(request, attempt, failed)
        if failed.failure in MENDED_HERE:
            return _form(request, found, provider, asked, 422, failed=FAILED[failed.failure])
        raise web.HTTPSeeOther(f"{home_of(request)}/identify{asked.wanted.again}") from None
    async with request.app[UNITS].write() as unit:
        await begin_waiting(unit, attempt, prompt)
    raise web.HTTPSeeOther(f"{home_of(request)}/identify/waiting")


async def wait(request: web.Request) -> web.Response:
    """Show the event id and how much time is left; who waits for nothing chooses anew."""
    found = await visit_of(request)
    still = read_query(request, Looked).still
    try:
        waiting, provider = await _waiting(request)
    except AttemptUnknown:
        raise web.HTTPSeeOther(f"{home_of(request)}/identify") from None
    language, left = language_of(request), _left(waiting, request.app[CLOCK]())
    wanted = wanted_again(waiting.attempt)
    answer = page(
        request,
        "identification/waiting.html",
        visit=found,
        token=request.match_info["token"],
        title=provider.title(language),
        event_id=waiting.prompt.event_id,
        minutes=max(1, round(left / 60)),
        still=bool(still),
        is_demo=provider.is_demo,
        is_silent=waiting.is_silent,
        choice=await choice_of(request, found, wanted.asked) if waiting.is_silent else None,
        certificate=certificate_place(found),
        wanted=wanted,
        data={
            "csrf": csrf_token(request),
            "poll": f"{home_of(request)}/identify/waiting/poll",
            "seconds": left,
            "is_silent": waiting.is_silent,
            "words": {name: gettext(language, text) for name, text in WORDS.items()},
        },
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def confirmed(request: web.Request) -> web.Response:
    """Look once, by a button, for who has no JavaScript. Raises AttemptUnknown."""
    await read_form(request, Nothing)
    waiting, provider = await _waiting(request)
    goes_to = await hear(request, waiting, provider)
    raise web.HTTPSeeOther(goes_to or f"{home_of(request)}/identify/waiting?still=1")


async def poll(request: web.Request) -> web.Response:
    """Look, as the page does by itself; the server and not the page sets the pace."""
    await read_json(request, Nothing)
    left, is_silent = 0, False
    try:
        waiting, provider = await _waiting(request)
        goes_to = await hear(request, waiting, provider)
        left = _left(waiting, request.app[CLOCK]())
        is_silent = goes_to is None and (await _waiting(request))[0].is_silent
    except AttemptUnknown:
        goes_to = f"{home_of(request)}/identify"
    answer = web.json_response({"goes_to": goes_to, "seconds": left, "is_silent": is_silent})
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def cancel(request: web.Request) -> web.Response:
    """Stop waiting, and let the other device forget it where it can. Raises AttemptUnknown."""
    await read_form(request, Nothing)
    waiting, provider = await _waiting(request)
    attempt = await given_up(request, waiting)
    with suppress(IdentificationFailed):  # the device forgets by itself when the time is over
        await answered(provider.cancel(trip_of(request, attempt), waiting.prompt.memo))
    raise web.HTTPSeeOther(f"{home_of(request)}/identify{wanted_again(attempt).again}")


async def _chosen(request: web.Request, wanted: Wanted) -> tuple[Visit, PromptingProvider]:
    """Raises NotFound for the link, WrongStatus, and PageNotFound for a provider that does not prompt."""
    found = await visit_of(request)
    name = request.match_info["provider"]
    for each in ways(request, found.offering.assurance, wanted.asked):
        if each.name == name and isinstance(each, PromptingProvider):
            if not found.appointment.is_live:
                raise WrongStatus(found.appointment.status)
            return found, each
    raise PageNotFound


async def _waiting(request: web.Request) -> tuple[Prompted, PromptingProvider]:
    """Return what this browser waits for at this link. Raises NotFound and AttemptUnknown."""
    appointment = await customer_appointment(request)
    async with request.app[UNITS].read() as unit:
        waiting = await waiting_in(unit, cookie(request, BROWSER))
    provider = request.app[PROVIDERS].get(waiting.attempt.provider)
    if waiting.attempt.appointment_id != appointment.id or not isinstance(provider, PromptingProvider):
        raise AttemptUnknown
    return waiting, provider


def _left(waiting: Prompted, now: datetime) -> int:
    return max(0, round((waiting.prompt.ends_at - now).total_seconds()))


def _form(
    request: web.Request,
    found: Visit,
    provider: PromptingProvider,
    asked: Asked,
    status: int = 200,
    *,
    failed: str = "",
) -> web.Response:
    return page(
        request,
        "identification/questions.html",
        status,
        visit=found,
        token=request.match_info["token"],
        provider=provider.name,
        title=provider.title(language_of(request)),
        form=asked,
        failed=failed,
        certificate=certificate_place(found),
        wanted=asked.wanted,
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/identify/with/{provider}", ask),
    web.post("/a/{token}/identify/with/{provider}", begin),
    web.get("/a/{token}/identify/waiting", wait),
    web.post("/a/{token}/identify/waiting", confirmed),
    web.post("/a/{token}/identify/waiting/poll", poll),
    web.post("/a/{token}/identify/waiting/cancel", cancel),
)

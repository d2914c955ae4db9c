"""The meeting failed, says a customer: what did, in one tap; then we apologise, say why, and offer a time."""

from collections.abc import Sequence

from aiohttp import web
from pydantic import BaseModel

from booking.fact import Actor, Fact
from booking.failed import WhatFailed, can_be_said, why_failed
from booking.outcome import Outcome
from booking.say_failed import say_failed
from web.body import read_form
from web.failure_list import failure_text
from web.guard import customer_appointment
from web.i18n import N_, gettext, language_of
from web.keys import CLOCK, UNITS
from web.pages.again import again_values, can_book_again
from web.pages.again_once import booked_token
from web.pages.visit import Visit, home_of, visit_of
from web.render import page
from web.what_failed import WHAT_FAILED

WITHOUT_NAME = {
    Outcome.ADVISER_ABSENT: N_("Nobody let you in"),
    Outcome.IDENTIFICATION_FAILED: N_("The identification did not succeed"),
    Outcome.TECHNICAL_FAILURE: N_("The connection did not work"),
}
"""Why, where no failure of people, devices or media has a name in the history."""


class Failed(BaseModel):
    what: WhatFailed


async def ask(request: web.Request) -> web.Response:
    """Ask what failed; where nobody came in there is nothing to ask."""
    found = await visit_of(request)
    async with request.app[UNITS].read() as unit:
        facts = await unit.facts.of(found.appointment.id)
    if not can_be_said(found.appointment, facts):
        raise web.HTTPSeeOther(home_of(request))
    token = request.match_info["token"]
    return page(request, "ending/failed.html", visit=found, zone=found.zone, token=token, choices=WHAT_FAILED)


async def say(request: web.Request) -> web.Response:
    """Raises WrongStatus where nobody came in, TooLate a day after the end."""
    form = await read_form(request, Failed)
    appointment = await customer_appointment(request)
    now = request.app[CLOCK]()
    await request.app[UNITS].do(
        lambda unit: say_failed(unit, appointment.id, what=form.what, by=Actor.CUSTOMER, now=now)
    )
    raise web.HTTPSeeOther(f"{home_of(request)}/afterwards")


def cause_of(outcome: Outcome, facts: Sequence[Fact], language: str) -> str:
    """Say why it failed: by its name from the closed list, or by what it came to."""
    name = why_failed(facts) if outcome is Outcome.TECHNICAL_FAILURE else ""
    if name:
        return failure_text(name, language, is_identification=False)
    return gettext(language, WITHOUT_NAME[outcome])


async def sorry(request: web.Request, found: Visit, outcome: Outcome, facts: Sequence[Fact]) -> web.Response:
    """Apologise, say why, and offer times; who has taken one already is led to it."""
    async with request.app[UNITS].read() as unit:
        booked = await booked_token(unit, found.appointment.id)
    return page(
        request,
        "ending/sorry.html",
        **await again_values(request, found),
        cause=cause_of(outcome, facts, language_of(request)),
        booked=booked,
        can_book=can_book_again(found, request.app[CLOCK]()),
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/failed", ask),
    web.post("/a/{token}/failed", say),
)

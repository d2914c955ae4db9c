"""The page after the appointment: what was summed up and how it went, or that we are sorry."""

from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, BeforeValidator, Field

from booking.afterwards import came_to
from booking.afterword import LONGEST_WORD
from booking.fact import Actor
from booking.failed import OURS, SAID_WITHIN
from booking.feedback import CHANGEABLE_FOR, HELD, MOST_POINTS, Face, Feedback, Handled, feedback_of
from booking.give_feedback import give_feedback
from booking.wrapping_up import is_wrapped_up
from web.body import read_form
from web.guard import customer_appointment
from web.keys import CLOCK, UNITS
from web.pages.again import can_book_again
from web.pages.failing import sorry
from web.pages.visit import Visit, home_of, visit_of
from web.render import page
from web.summary_words import FACES, HANDLED, LINES


def _none_if_empty(text: object) -> object:
    return text or None


Points = Annotated[int, Field(ge=0, le=MOST_POINTS)]


class FeedbackForm(BaseModel):
    """What a customer answers; whatever is left out is no answer."""

    handled: Annotated[Handled | None, BeforeValidator(_none_if_empty)] = None
    face: Annotated[Face | None, BeforeValidator(_none_if_empty)] = None
    points: Annotated[Points | None, BeforeValidator(_none_if_empty)] = None
    agrees: Annotated[bool | None, BeforeValidator(_none_if_empty)] = None
    word: str = Field(default="", max_length=LONGEST_WORD)


async def afterwards(request: web.Request) -> web.Response:
    """Show what holds now; while it goes on, and where nobody met, the appointment's page has it all."""
    found = await visit_of(request)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        facts = await unit.facts.of(found.appointment.id)
        summary = await unit.afterwords.of(found.appointment.id, Actor.ADVISER)
        word = await unit.afterwords.of(found.appointment.id, Actor.CUSTOMER)
    outcome = came_to(found.appointment, facts, found.offering.rules, now=now)
    if outcome in OURS:
        return await sorry(request, found, outcome, facts)
    if outcome not in HELD:
        raise web.HTTPSeeOther(home_of(request))
    has_summary = summary is not None and not summary.is_empty
    given = feedback_of(facts)
    return page(
        request,
        "ending/afterwards.html",
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        summary=summary if has_summary else None,
        is_awaited=not has_summary and not is_wrapped_up(facts) and _is_changeable(found, now),
        lines=LINES,
        handled=HANDLED,
        faces=FACES,
        most_points=MOST_POINTS,
        longest_word=LONGEST_WORD,
        given=given or Feedback(),
        is_given=given is not None,
        word=word.text if word else "",
        is_changeable=_is_changeable(found, now),
        changeable_until=found.appointment.span.end + CHANGEABLE_FOR,
        is_thanked="thanks" in request.query,
        can_book=can_book_again(found, now),
        can_say_failed=now < found.appointment.span.end + SAID_WITHIN,
    )


async def answer(request: web.Request) -> web.Response:
    """Raises WrongStatus where there was no meeting, TooLate two weeks after its end."""
    form = await read_form(request, FeedbackForm)
    appointment = await customer_appointment(request)
    now = request.app[CLOCK]()
    given = Feedback(handled=form.handled, face=form.face, points=form.points, agrees=form.agrees)
    await request.app[UNITS].do(
        lambda unit: give_feedback(unit, appointment.id, given, word=form.word.strip(), now=now)
    )
    raise web.HTTPSeeOther(f"{home_of(request)}/afterwards?thanks=1")


def _is_changeable(found: Visit, now: datetime) -> bool:
    return now < found.appointment.span.end + CHANGEABLE_FOR


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/afterwards", afterwards),
    web.post("/a/{token}/afterwards", answer),
)

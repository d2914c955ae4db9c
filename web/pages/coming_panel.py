"""The panel of a customer who is coming in, and what an adviser says to them there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from aiohttp import web
from pydantic import AfterValidator, BaseModel, Field, model_validator

from booking.fact import told
from identity.permission import Right
from signalling.errors import BadMessage
from signalling.failure import Failure
from signalling.sentence import LONGEST_ID, is_sentence_id
from web.body import read_form
from web.coming_in import coming_of
from web.coming_step import STEPS
from web.failure_words import FAILURES
from web.i18n import language_of
from web.keys import CLOCK, SWITCHBOARD, UNITS
from web.own_words import sayable, sentence_words
from web.pages.desk_seat import seat
from web.ports import Unit
from web.refusal import ChangedMeanwhile
from web.render import page

NOT_BEFORE_A_MEETING = ("media_", "server_")
SHOWN = [each for each in FAILURES if not each.startswith(NOT_BEFORE_A_MEETING)]
"""What help can be shown for, before there is a meeting."""


def _id(text: str) -> str:
    if not is_sentence_id(text):
        raise ValueError("not an id of a sentence")
    return text


class Telling(BaseModel):
    """A sentence, help for a failure (`none` takes it away), or both."""

    sentence: Annotated[str, Field(max_length=LONGEST_ID), AfterValidator(_id)] | None = None
    help: Failure | Literal["none"] | None = None

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if self.sentence is None and self.help is None:
            raise ValueError("neither a sentence nor help")
        return self


async def panel(request: web.Request) -> web.Response:
    """Draw it alone, for a page that shows it already."""
    member, found = await seat(request)
    async with request.app[UNITS].read() as unit:
        coming = await coming_of(unit, found.appointment, found.offering, now=request.app[CLOCK]())
        words = await panel_words(unit, language_of(request))
    return page(
        request,
        "coming/fragment.html",
        coming=coming,
        appointment_id=found.appointment.id,
        can_tell=member.may(Right.MEET),
        words=words,
    )


async def tell(request: web.Request) -> web.Response:
    """Say it on the page that the customer has open, be it the waiting room or one before.

    Raises ChangedMeanwhile for a sentence that is there no more.
    """
    said = await read_form(request, Telling)
    _, found = await seat(request)
    now, appointment_id = request.app[CLOCK](), found.appointment.id
    try:
        sentence = await request.app[UNITS].do(lambda unit: _tell_page(unit, appointment_id, said, now=now))
    except BadMessage:  # withdrawn since the panel was drawn
        raise ChangedMeanwhile from None
    help_ = None if said.help == "none" else said.help
    await request.app[SWITCHBOARD].tell_waiting(
        appointment_id, sentence, help_=help_, says_help=said.help is not None, now=now
    )
    if "text/html" not in request.headers.get("Accept", ""):
        return web.Response(status=204)
    raise web.HTTPSeeOther("/desk?done=told")


async def _tell_page(unit: Unit, appointment_id: UUID, said: Telling, *, now: datetime) -> str | None:
    """Keep it for the pages before, and return the sentence's id with its words as they stand."""
    sentence = await sayable(unit, said.sentence) if said.sentence else None
    before = (await unit.approaches.of([appointment_id])).get(appointment_id)
    help_ = (before.help if before else None) if said.help is None else said.help
    await unit.approaches.tell(
        appointment_id,
        said={"sentence": sentence, "at": told(now)} if sentence else None,
        help=None if help_ == "none" else help_,
    )
    return sentence


async def panel_words(unit: Unit, language: str) -> Mapping[str, Any]:
    """Return what the panel's template draws of, beside the customer."""
    sentences = await sentence_words(unit, language)
    return {"steps": STEPS, "sentences": sentences, "failures": FAILURES, "shown": SHOWN}


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/coming", panel),
    web.post("/desk/appointments/{appointment_id}/tell", tell),
)

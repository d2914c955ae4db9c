"""What an adviser sums up for the customer: a form of its own, in the meeting, and in looking back at it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, Field

from booking.afterword import LONGEST_SUMMARY, Afterword, SummaryLine
from booking.errors import TooLate
from booking.fact import Actor
from booking.feedback import CHANGEABLE_FOR
from booking.note import MOST_REVISION
from identity.look import Thing
from web.body import read_form
from web.guard import staff
from web.keys import CLOCK, UNITS
from web.looking import looks_at, saw
from web.pages.desk_seat import desk_page, seat
from web.pages.visit import Visit, visit_for
from web.path import path_id
from web.ports import Unit
from web.problems import wants_problem
from web.refusal import ChangedMeanwhile
from web.summary_words import LINES


class SummaryForm(BaseModel):
    """The ticked lines, what was typed, and the revision that it was written over."""

    line: list[SummaryLine] = Field(default_factory=list, max_length=len(SummaryLine))
    text: str = Field(default="", max_length=LONGEST_SUMMARY)
    revision: int = Field(default=0, ge=0, le=MOST_REVISION)


class Summed(Protocol):
    """What a form that sums up brings along, whatever else is in it."""

    line: list[SummaryLine]
    text: str
    revision: int


@looks_at(Thing.APPOINTMENT, Thing.TEXT)
async def show(request: web.Request) -> web.Response:
    """Raises NotFound for another team's appointment."""
    member, found = await seat(request)
    async with request.app[UNITS].read() as unit:
        summary = await unit.afterwords.of(found.appointment.id, Actor.ADVISER)
    if summary:
        saw(request, Thing.TEXT, found.appointment.id, appointment_id=found.appointment.id)
    return desk_page(request, member, "desk/summary.html", visit=found, summary=summary, lines=LINES)


async def keep(request: web.Request) -> web.Response:
    """Raises NotFound for another team's, ChangedMeanwhile where a colleague has written, TooLate."""
    form, member = await read_form(request, SummaryForm), staff(request)
    appointment_id, now = path_id(request, "appointment_id"), request.app[CLOCK]()

    async def work(unit: Unit) -> int:
        return await keep_summary(unit, await visit_for(unit, appointment_id, member), form, now=now)

    revision = await request.app[UNITS].do(work)
    if wants_problem(request):
        return web.json_response({"revision": revision})
    raise web.HTTPSeeOther("/desk?done=summed")


async def keep_summary(unit: Unit, found: Visit, form: Summed, *, now: datetime) -> int:
    """Return the revision that holds then; the same words again change nothing.

    Raises ChangedMeanwhile where a colleague has written, TooLate two weeks after the end.
    """
    appointment = found.appointment
    before = await unit.afterwords.of(appointment.id, Actor.ADVISER)
    written = _written(appointment.id, form, now=now)
    if _same(before, written):
        return before.revision if before else 0
    if now >= appointment.span.end + CHANGEABLE_FOR:
        raise TooLate(appointment.span.end)
    if not await unit.afterwords.keep(written):
        raise ChangedMeanwhile
    return written.revision


def _written(appointment_id: UUID, form: Summed, *, now: datetime) -> Afterword:
    lines: Sequence[SummaryLine] = [one for one in SummaryLine if one in form.line]
    return Afterword(
        appointment_id=appointment_id,
        side=Actor.ADVISER,
        text=form.text.strip(),
        lines=tuple(lines),
        revision=form.revision + 1,
        at=now,
    )


def _same(before: Afterword | None, written: Afterword) -> bool:
    if before is None:
        return written.is_empty
    return (before.text, before.lines) == (written.text, written.lines)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/summary", show),
    web.post("/desk/appointments/{appointment_id}/summary", keep),
)

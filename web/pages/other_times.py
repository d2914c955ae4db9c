"""What somebody in a disruption can do: take one of a few other times, keep their own, or cancel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from pydantic import BaseModel

from booking.disruption import Disruption
from booking.errors import OwnOverlap, SlotNotOffered, SlotTaken, TooLate
from booking.fact import Actor
from booking.move import move
from booking.propose import propose
from web.body import Nothing, read_form, read_query
from web.fields import MaybeId, Utc
from web.keys import CLOCK, UNITS
from web.mailboxes import count_change
from web.pages.visit import Visit, home_of, visit_of
from web.ports import Unit
from web.render import page


class TimeTaken(BaseModel):
    """One of the times, and with whom it was shown."""

    start: Utc
    adviser: MaybeId = None


@dataclass(frozen=True, slots=True)
class Proposal:
    start: datetime
    end: datetime
    adviser_id: str
    adviser: str
    is_same: bool


async def other_times(request: web.Request) -> web.Response:
    read_query(request, Nothing)
    found = await visit_of(request)
    return await _page(request, found, _standing(request, found))


async def take(request: web.Request) -> web.Response:
    """Move there at once: the letter and this page have asked already."""
    form = await read_form(request, TimeTaken)
    found = await visit_of(request)
    await count_change(request, found.appointment.id)
    disruption, now = _standing(request, found), request.app[CLOCK]()
    adviser_id = form.adviser or found.appointment.adviser_id

    async def work(unit: Unit) -> None:
        whose = found.appointment.id
        await move(unit, whose, form.start, by=Actor.CUSTOMER, now=now, adviser_id=adviser_id)

    try:
        await request.app[UNITS].do(work)
    except (SlotTaken, SlotNotOffered, TooLate, OwnOverlap) as refusal:
        return await _page(request, found, disruption, refused=type(refusal).__name__)
    raise web.HTTPSeeOther(f"{home_of(request)}?moved=1")


def _standing(request: web.Request, found: Visit) -> Disruption:
    """Return the disruption over the appointment; without one its own page says how it stands."""
    if found.disruption is None or not found.appointment.is_live:
        raise web.HTTPSeeOther(home_of(request))
    return found.disruption


async def _page(
    request: web.Request, found: Visit, disruption: Disruption, *, refused: str = ""
) -> web.Response:
    proposals: Sequence[Proposal] = ()
    if disruption.offers_moves:
        async with request.app[UNITS].read() as unit:
            proposals = await _proposals(unit, found, disruption, now=request.app[CLOCK]())
    return page(
        request,
        "manage/other_times.html",
        409 if refused else 200,
        visit=found,
        appointment=found.appointment,
        token=request.match_info["token"],
        words=disruption.text,
        proposals=proposals,
        offers_moves=disruption.offers_moves,
        refused=refused,
    )


async def _proposals(
    unit: Unit, found: Visit, disruption: Disruption, *, now: datetime
) -> Sequence[Proposal]:
    slots = await propose(unit, disruption, found.appointment, now=now)
    names = {one.id: one.name for one in await unit.advisers.of_offering(found.offering.id)}
    return [
        Proposal(
            slot.span.start,
            slot.span.end,
            str(slot.adviser_id),
            names.get(slot.adviser_id, ""),
            slot.adviser_id == found.appointment.adviser_id,
        )
        for slot in slots
    ]


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/other-times", other_times),
    web.post("/a/{token}/other-times", take),
)

"""Move an appointment: see the free times, choose one, and say yes once more."""

from datetime import datetime
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.errors import OwnOverlap, SlotNotOffered, SlotTaken
from booking.fact import Actor
from booking.find_slots import Wanted, alternatives, free_slot
from booking.move import move
from web.body import read_form, read_query
from web.fields import MaybeId, Utc
from web.keys import CLOCK, UNITS
from web.mailboxes import count_change
from web.pages.slot_page import slot_page
from web.pages.slot_question import SlotQuestion, TimeQuestion
from web.pages.visit import Visit, home_of, visit_of
from web.ports import Unit
from web.render import page


class MoveForm(BaseModel):
    start: Utc
    adviser: MaybeId = None


async def ask_move(request: web.Request) -> web.Response:
    """Show the free times; with a time in the address, ask whether this is the one."""
    found = await visit_of(request)
    if not found.can_change(request.app[CLOCK]()):
        raise web.HTTPSeeOther(home_of(request))
    if "start" in request.query:
        return await _ask_move_to(request, found, read_query(request, TimeQuestion))
    question = read_query(request, SlotQuestion)
    home = home_of(request)

    def link(start: datetime) -> str:
        return question.time_address(f"{home}/move", start)

    async with request.app[UNITS].read() as unit:
        free = await slot_page(
            unit,
            found.offering,
            question,
            now=request.app[CLOCK](),
            zone=found.zone,
            link=link,
            moving=found.appointment,
        )
    return page(
        request,
        "manage/move.html",
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        found=free,
        here=f"{home}/move",
    )


async def move_it(request: web.Request) -> web.Response:
    form = await read_form(request, MoveForm)
    found = await visit_of(request)
    await count_change(request, found.appointment.id)
    try:
        await _move(request, found, form)
    except (SlotTaken, SlotNotOffered):
        return await _taken(request, found)
    except OwnOverlap:
        return await _taken(request, found, is_own=True)
    raise web.HTTPSeeOther(f"{home_of(request)}?moved=1")


async def _move(request: web.Request, found: Visit, form: MoveForm) -> None:
    """Move to the adviser who is asked for, else to the same one, else to whoever is free then.

    Raises what booking's `move` raises.
    """
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> None:
        adviser_id = form.adviser or await _free_adviser(unit, found, form.start, now=now)
        await move(unit, found.appointment.id, form.start, by=Actor.CUSTOMER, now=now, adviser_id=adviser_id)

    await request.app[UNITS].do(work)


async def _free_adviser(unit: Unit, found: Visit, start: datetime, *, now: datetime) -> UUID:
    same = found.appointment.adviser_id
    for who in (same, None):
        wanted = Wanted(adviser_id=who, but_not_of=frozenset({found.appointment.id}))
        slot = await free_slot(unit, found.offering, start, now=now, wanted=wanted)
        if slot:
            return slot.adviser_id
    return same


async def _ask_move_to(request: web.Request, found: Visit, question: TimeQuestion) -> web.Response:
    wanted = Wanted(adviser_id=question.adviser, but_not_of=frozenset({found.appointment.id}))
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        slot = await free_slot(unit, found.offering, question.start, now=now, wanted=wanted)
    if slot is None:
        return await _taken(request, found)
    return page(
        request,
        "manage/move_to.html",
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        span=slot.span,
        adviser_id=question.adviser,
    )


async def _taken(request: web.Request, found: Visit, *, is_own: bool = False) -> web.Response:
    """Say that the old time stays, and offer the next free ones; `is_own`: the customer has no time."""
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        free = await alternatives(unit, found.offering, now, now=now)
    move_page = f"{home_of(request)}/move"
    choices = [(slot.span.start, SlotQuestion().time_address(move_page, slot.span.start)) for slot in free]
    return page(
        request,
        "manage/taken.html",
        409,
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        choices=choices,
        is_own=is_own,
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/move", ask_move),
    web.post("/a/{token}/move", move_it),
)

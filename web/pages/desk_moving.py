"""Move a customer's appointment from the desk: see the team's free times, choose one, say yes once more."""

from datetime import datetime
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.errors import NotFound, SlotNotOffered, SlotTaken
from booking.find_slots import Wanted, free_slot
from booking.move import move
from booking.slot import Slot
from identity.look import Thing
from identity.staff import StaffMember
from web.body import read_form, read_query
from web.fields import MaybeId, Utc
from web.keys import CLOCK, UNITS
from web.looking import looks_at
from web.pages.desk_seat import desk_page, hand, seat, team_of
from web.pages.slot_page import slot_page
from web.pages.slot_question import SlotQuestion, TimeQuestion
from web.pages.visit import Visit, visit_for
from web.path import path_id
from web.ports import Unit


class NewTime(BaseModel):
    start: Utc
    adviser: MaybeId = None


@looks_at(Thing.APPOINTMENT)
async def ask_move(request: web.Request) -> web.Response:
    """Show the free times; with a time in the address, ask whether this is the one."""
    member, found = await seat(request)
    now = request.app[CLOCK]()
    if not found.can_change(now):
        raise web.HTTPSeeOther("/desk")
    if "start" in request.query:
        return await _ask_move_to(request, member, found, read_query(request, TimeQuestion))
    question = read_query(request, SlotQuestion)
    here = request.path

    def link(start: datetime) -> str:
        return question.time_address(here, start)

    async with request.app[UNITS].read() as unit:
        free = await slot_page(
            unit,
            found.offering,
            question,
            now=now,
            link=link,
            moving=found.appointment,
            among=await team_of(unit, member),
        )
    return desk_page(request, member, "desk/move.html", visit=found, found=free, here=here)


async def move_it(request: web.Request) -> web.Response:
    """Raises NotFound for an adviser of another team, and what booking's `move` raises."""
    form = await read_form(request, NewTime)
    member, found = await seat(request)
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> None:
        await visit_for(unit, path_id(request, "appointment_id"), member)
        if form.adviser and form.adviser not in await team_of(unit, member):
            raise NotFound(form.adviser)
        await move(unit, found.appointment.id, form.start, by=hand(member), now=now, adviser_id=form.adviser)

    try:
        await request.app[UNITS].do(work)
    except (SlotTaken, SlotNotOffered):
        return _taken(request, member, found)
    raise web.HTTPSeeOther("/desk?done=moved")


async def _ask_move_to(
    request: web.Request, member: StaffMember, found: Visit, question: TimeQuestion
) -> web.Response:
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        slot = await _slot(unit, member, found, question, now=now)
        adviser = await unit.advisers.get(slot.adviser_id) if slot else None
    if slot is None:
        return _taken(request, member, found)
    return desk_page(request, member, "desk/move_to.html", visit=found, span=slot.span, adviser=adviser)


async def _slot(
    unit: Unit, member: StaffMember, found: Visit, question: TimeQuestion, *, now: datetime
) -> Slot | None:
    """Find the time with whom it is asked for, else with the same adviser, else with whoever is free."""
    team, own = await team_of(unit, member), frozenset({found.appointment.id})
    turns: tuple[UUID | None, ...] = (found.appointment.adviser_id, None)
    for who in (question.adviser,) if question.adviser else turns:
        wanted = Wanted(adviser_id=who, among=team, but_not_of=own)
        slot = await free_slot(unit, found.offering, question.start, now=now, wanted=wanted)
        if slot:
            return slot
    return None


def _taken(request: web.Request, member: StaffMember, found: Visit) -> web.Response:
    return desk_page(request, member, "desk/taken.html", 409, visit=found, again=request.path)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/move", ask_move),
    web.post("/desk/appointments/{appointment_id}/move", move_it),
)

"""Give an appointment to a colleague of the team: who of the offering is free then, and the handing over."""

from datetime import datetime
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.errors import NotFound, SlotTaken
from booking.reassign import reassign
from identity.look import Thing
from identity.staff import StaffMember
from web.colleagues import colleagues
from web.forms import Form, submitted
from web.keys import CLOCK, UNITS
from web.looking import looks_at
from web.pages.desk_seat import desk_page, hand, seat, team_of
from web.pages.visit import Visit, visit_for
from web.path import path_id
from web.ports import Unit


class GivenTo(BaseModel):
    adviser: UUID


@looks_at(Thing.APPOINTMENT)
async def ask_colleague(request: web.Request) -> web.Response:
    member, found = await seat(request)
    if not _can_be_given(found, request.app[CLOCK]()):
        raise web.HTTPSeeOther("/desk")
    return await _asked(request, member, found, Form(values={}))


async def give(request: web.Request) -> web.Response:
    """Raises NotFound for somebody of another team, and what booking's `reassign` raises."""
    member, found = await seat(request)
    form = await submitted(request, GivenTo)
    if form.model is None:
        return await _asked(request, member, found, form, status=422)
    to, now = form.model.adviser, request.app[CLOCK]()

    async def work(unit: Unit) -> None:
        await visit_for(unit, path_id(request, "appointment_id"), member)
        if to not in await team_of(unit, member):
            raise NotFound(to)
        await reassign(unit, found.appointment.id, to, by=hand(member), now=now)

    try:
        await request.app[UNITS].do(work)
    except SlotTaken:
        return await _asked(request, member, found, form, status=409)
    raise web.HTTPSeeOther("/desk?done=given")


async def _asked(
    request: web.Request, member: StaffMember, found: Visit, form: Form[GivenTo], *, status: int = 200
) -> web.Response:
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        team = await team_of(unit, member)
        others = await colleagues(unit, found.appointment, team, now=now, but=found.appointment.adviser_id)
    return desk_page(
        request, member, "desk/colleague.html", status, visit=found, colleagues=others, form=form
    )


def _can_be_given(found: Visit, now: datetime) -> bool:
    return found.appointment.is_live and now < found.appointment.span.end


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/colleague", ask_colleague),
    web.post("/desk/appointments/{appointment_id}/colleague", give),
)

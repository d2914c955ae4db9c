"""The desk calls a customer: one who asked for it, or in place of a meeting that does not succeed."""

from datetime import datetime

from aiohttp import web

from booking.ask_call import mark_called
from identity.permission import Right
from web.body import Nothing, read_form
from web.guard import staff
from web.keys import CLOCK, SWITCHBOARD, UNITS
from web.looking import looks_at
from web.pages.desk_seat import desk_page, hand, seat
from web.pages.visit import Visit, visit_for
from web.path import path_id
from web.ports import Unit


async def called(request: web.Request) -> web.Response:
    """Raises NotFound for another team's appointment."""
    await read_form(request, Nothing)
    member = staff(request)
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> Visit:
        found = await visit_for(unit, path_id(request, "appointment_id"), member)
        await mark_called(unit, found.appointment.id, by=hand(member), now=now)
        return found

    await request.app[UNITS].do(work)
    raise web.HTTPSeeOther("/desk?done=called")


ROUTES: tuple[web.RouteDef, ...] = (web.post("/desk/appointments/{appointment_id}/called", called),)

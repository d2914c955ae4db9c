"""The desk writes down that a customer who asked for a call was called."""

from aiohttp import web

from booking.ask_call import mark_called
from identity.permission import Right
from web.body import Nothing, read_form
from web.guard import staff
from web.keys import CLOCK, UNITS
from web.pages.desk_seat import hand
from web.pages.visit import visit_for
from web.path import path_id
from web.ports import Unit


async def called(request: web.Request) -> web.Response:
    """Raises NotFound for another team's appointment."""
    await read_form(request, Nothing)
    member = await staff(request, Right.SEE_DESK)
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> None:
        found = await visit_for(unit, path_id(request, "appointment_id"), member)
        await mark_called(unit, found.appointment.id, by=hand(member), now=now)

    await request.app[UNITS].do(work)
    raise web.HTTPSeeOther("/desk?done=called")


ROUTES: tuple[web.RouteDef, ...] = (web.post("/desk/appointments/{appointment_id}/called", called),)

"""The desk's waiting room: who waits, taking one of them, giving them back."""

from uuid import UUID

from aiohttp import web

from booking.claim_waiting import claim_waiting
from identity.permission import Right
from web.body import Nothing, read_form
from web.guard import staff
from web.i18n import language_of
from web.keys import CLOCK, UNITS
from web.pages.visit import visit_for
from web.pages.waiting_list import call_rows, waiting_rows
from web.path import path_id
from web.ports import Unit
from web.render import page


async def waiting(request: web.Request) -> web.Response:
    """Show the list alone, for the desk's script, which puts it in the place of the one before."""
    member = staff(request)
    language, now = language_of(request), request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        rows = await waiting_rows(unit, member, language=language, now=now)
        calls = await call_rows(unit, member, language=language, now=now)
    return page(request, "desk/waiting_list.html", waits=rows, calls=calls, can_meet=member.may(Right.MEET))


async def claim(request: web.Request) -> web.Response:
    """Take a customer, and go on to their meeting. Raises NotFound and ClaimedAlready."""
    await read_form(request, Nothing)
    member, appointment_id = staff(request), path_id(request, "appointment_id")
    now = request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: claim_waiting(unit, appointment_id, member.id, now=now))
    raise web.HTTPSeeOther(f"/desk/appointments/{appointment_id}/meeting")


async def release(request: web.Request) -> web.Response:
    """Give a customer back to the line."""
    await read_form(request, Nothing)
    appointment_id, me = await _of_team(request), staff(request).id

    async def work(unit: Unit) -> None:
        await unit.waiting.release(appointment_id, me)

    await request.app[UNITS].do(work)
    raise web.HTTPSeeOther("/desk")


async def _of_team(request: web.Request) -> UUID:
    """Return the appointment in the address. Raises NotFound for another team's."""
    appointment_id = path_id(request, "appointment_id")
    async with request.app[UNITS].read() as unit:
        await visit_for(unit, appointment_id, staff(request))
    return appointment_id


HOME = "/desk/appointments/{appointment_id}"
ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/waiting", waiting),
    web.post(f"{HOME}/claim", claim),
    web.post(f"{HOME}/release", release),
)

"""The desk calls a customer: one who asked for it, or in place of a meeting that does not succeed."""

from datetime import datetime

from aiohttp import web

from booking.ask_call import mark_called, meet_by_phone
from booking.close import close
from booking.leave_queue import leave_queue
from identity.look import Thing
from signalling.message import CallAsked
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
        if found.appointment.is_drop_in:  # the call was all that they came for
            await leave_queue(unit, found.appointment.id, now=now)
            await close(unit, found.appointment.id, now=now)
        return found

    _hang_up(request, await request.app[UNITS].do(work))
    raise web.HTTPSeeOther("/desk?done=called")


@looks_at(Thing.APPOINTMENT)
async def by_phone(request: web.Request) -> web.Response:
    """Show the number to dial, and the button of whoever has spoken to the customer."""
    member, found = await seat(request)
    is_open = _is_time(found, request.app[CLOCK]())
    return desk_page(request, member, "desk/phone.html", visit=found, is_open=is_open)


async def phoned(request: web.Request) -> web.Response:
    """Write down that it took place by phone. Raises NotFound, TooEarly, TooLate, WrongStatus."""
    await read_form(request, Nothing)
    member = staff(request)
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> Visit:
        found = await visit_for(unit, path_id(request, "appointment_id"), member)
        await meet_by_phone(unit, found.appointment.id, by=hand(member), now=now)
        return found

    _hang_up(request, await request.app[UNITS].do(work))
    raise web.HTTPSeeOther("/desk?done=phoned")


def _is_time(found: Visit, now: datetime) -> bool:
    """Tell whether a call can already stand for the meeting: from when the door opens."""
    return now >= found.door_opens_at


def _hang_up(request: web.Request, found: Visit) -> None:
    """Take the wish for a call off the meeting's page, where somebody has it open."""
    request.app[SWITCHBOARD].tell_call(found.appointment.id, CallAsked(None))


HOME = "/desk/appointments/{appointment_id}"
ROUTES: tuple[web.RouteDef, ...] = (
    web.post(f"{HOME}/called", called),
    web.get(f"{HOME}/phone", by_phone),
    web.post(f"{HOME}/phone", phoned),
)

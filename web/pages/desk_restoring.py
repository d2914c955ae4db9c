"""Bring a cancelled appointment back from the desk, if its time is still free."""

from aiohttp import web

from booking.appointment import Status
from booking.errors import SlotNotOffered, SlotTaken, TooLate
from booking.restore import restore
from identity.look import Thing
from web.body import Nothing, read_form
from web.keys import CLOCK, UNITS
from web.looking import looks_at
from web.pages.desk_seat import desk_page, hand, seat
from web.pages.visit import visit_for
from web.path import path_id
from web.ports import Unit


@looks_at(Thing.APPOINTMENT)
async def ask_restore(request: web.Request) -> web.Response:
    member, found = await seat(request)
    is_ahead = request.app[CLOCK]() < found.appointment.span.start
    if found.appointment.status is not Status.CANCELLED or not is_ahead:
        raise web.HTTPSeeOther("/desk")
    return desk_page(request, member, "desk/restore.html", visit=found, is_taken=False)


async def restore_it(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    member, found = await seat(request)
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> None:
        await visit_for(unit, path_id(request, "appointment_id"), member)
        await restore(unit, found.appointment.id, by=hand(member), now=now)

    try:
        await request.app[UNITS].do(work)
    except (SlotTaken, SlotNotOffered, TooLate):
        return desk_page(request, member, "desk/restore.html", 409, visit=found, is_taken=True)
    raise web.HTTPSeeOther("/desk?done=restored")


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/restore", ask_restore),
    web.post("/desk/appointments/{appointment_id}/restore", restore_it),
)

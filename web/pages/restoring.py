"""Undo a cancellation that was a mistake, while the time is still free."""

from aiohttp import web

from booking.errors import OwnOverlap, SlotNotOffered, SlotTaken
from booking.fact import Actor
from booking.find_slots import alternatives
from booking.restore import restore
from web.body import Nothing, read_form
from web.guard import customer_appointment
from web.keys import CLOCK, UNITS
from web.mailboxes import count_change
from web.pages.slot_question import SlotQuestion
from web.pages.visit import home_of, visit_of
from web.render import page


async def restore_it(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    appointment = await customer_appointment(request)
    await count_change(request, appointment.id)
    now = request.app[CLOCK]()
    try:
        await request.app[UNITS].do(lambda unit: restore(unit, appointment.id, by=Actor.CUSTOMER, now=now))
    except (SlotTaken, SlotNotOffered):
        return await _gone(request, is_own=False)
    except OwnOverlap:
        return await _gone(request, is_own=True)
    raise web.HTTPSeeOther(f"{home_of(request)}?restored=1")


async def _gone(request: web.Request, *, is_own: bool) -> web.Response:
    """Say that it stays cancelled, and offer the next free times of the same matter."""
    found, now = await visit_of(request), request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        free = await alternatives(unit, found.offering, now, now=now)
    return page(
        request,
        "manage/gone.html",
        409,
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        free=free,
        question=SlotQuestion(),
        is_own=is_own,
    )


ROUTES: tuple[web.RouteDef, ...] = (web.post("/a/{token}/restore", restore_it),)

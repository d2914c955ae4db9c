"""The door of an appointment: too early, come in, identify, and then the waiting room and the meeting.

One address for all of it, so that a letter's link is right at any moment, and a reload is never wrong.
"""

from datetime import datetime

from aiohttp import web

from booking.appointment import Status
from booking.attend import come_in
from identity.door import come_in as open_door
from identity.door_session import LASTS
from web.body import Nothing, read_form
from web.cookies import DOOR, bake, cookie
from web.guard import came_in, customer_appointment
from web.keys import CLOCK, UNITS
from web.pages.certificate import Wanted, certificate_place
from web.pages.choosing import choice_of
from web.pages.identify_words import last_failure
from web.pages.meeting import meeting_page
from web.pages.visit import Visit, home_of, visit_of
from web.render import page


async def door(request: web.Request) -> web.Response:
    found = await visit_of(request)
    now = request.app[CLOCK]()
    if not found.is_door_open(now):
        return _closed(request, found, now)
    async with request.app[UNITS].read() as unit:
        session = await came_in(request, unit, found.appointment.id)
    if session is None:
        return page(
            request, "door/come_in.html", visit=found, zone=found.zone, token=request.match_info["token"]
        )
    if found.offering.asks_identity and session.identification_id is None:
        return await _identify(request, found)
    return await meeting_page(request, found, session)


async def enter(request: web.Request) -> web.Response:
    """Write that the customer came, and give the browser its cookie."""
    await read_form(request, Nothing)
    appointment = await customer_appointment(request)
    now = request.app[CLOCK]()
    async with request.app[UNITS].write() as unit:
        await come_in(unit, appointment.id, now=now)
        came = await open_door(unit, appointment.id, token=cookie(request, DOOR), now=now)
    bake(request, DOOR, came.token, lasts=LASTS)
    raise web.HTTPSeeOther(f"{home_of(request)}/door")


async def _identify(request: web.Request, found: Visit) -> web.Response:
    """Offer the ways to identify that are sure enough, and tell what went wrong the last time."""
    async with request.app[UNITS].read() as unit:
        facts = await unit.facts.of(found.appointment.id)
    return page(
        request,
        "door/identify.html",
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        failed=last_failure(facts),
        certificate=certificate_place(found),
        wanted=Wanted(),
        choice=await choice_of(request, found),
    )


def _closed(request: web.Request, found: Visit, now: datetime) -> web.Response:
    """Say kindly why nobody can come in: too early, cancelled, or over."""
    name = "too_early" if found.appointment.is_live and now < found.door_opens_at else "over"
    return page(
        request,
        f"door/{name}.html",
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        is_cancelled=found.appointment.status is Status.CANCELLED,
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/door", door),
    web.post("/a/{token}/door", enter),
)

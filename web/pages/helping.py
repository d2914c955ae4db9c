"""What a customer's helper sees: the steps, what to do, our number, and nothing personal."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from booking.appointment import Appointment
from booking.errors import NotFound
from booking.offering import Offering
from web.coming_in import coming_of
from web.coming_step import STEPS
from web.help_for import help_for
from web.i18n import language_of
from web.keys import CLOCK, UNITS
from web.render import page


async def helping(request: web.Request) -> web.Response:
    """Show the page; a link that is over is told kindly, and of what it was for nothing."""
    return await _answer(request, "helper/helper.html", over="helper/over.html")


async def steps(request: web.Request) -> web.Response:
    """Draw the steps alone, for a page that shows them already."""
    return await _answer(request, "helper/fragment.html", over="helper/over.html")


async def _answer(request: web.Request, name: str, *, over: str) -> web.Response:
    now = request.app[CLOCK]()
    try:
        async with request.app[UNITS].read() as unit:
            appointment = await unit.helper_links.appointment(request.match_info["helper_token"])
            offering = await unit.offerings.get(appointment.offering_id)
            if not appointment.is_live or now >= appointment.span.end + offering.rules.grace:
                raise NotFound
            coming = await coming_of(unit, appointment, offering, now=now)
    except NotFound:
        return page(request, over, 404)
    zone = ZoneInfo(appointment.zone)
    return page(
        request,
        name,
        zone=zone,
        address=f"/h/{request.match_info['helper_token']}",
        start=appointment.span.start,
        is_today=now.astimezone(zone).date() == appointment.span.start.astimezone(zone).date(),
        door_opens_at=_opens(appointment, offering) if now < _opens(appointment, offering) else None,
        coming=coming,
        names=STEPS,
        advice=help_for(language_of(request), coming.failure, coming.arrival) if coming.failure else None,
    )


def _opens(appointment: Appointment, offering: Offering) -> datetime:
    return appointment.door_opens_at(offering.rules.door_opens)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/h/{helper_token}", helping),
    web.get("/h/{helper_token}/steps", steps),
)

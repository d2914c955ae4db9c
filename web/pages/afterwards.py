"""The page after the appointment: what was summed up and how it went, or that we are sorry."""

from aiohttp import web

from booking.afterwards import came_to
from booking.failed import OURS
from web.keys import CLOCK, UNITS
from web.pages.failing import sorry
from web.pages.visit import home_of, visit_of


async def afterwards(request: web.Request) -> web.Response:
    """Show what holds now; while it goes on, and where nobody met, the appointment's page has it all."""
    found = await visit_of(request)
    async with request.app[UNITS].read() as unit:
        facts = await unit.facts.of(found.appointment.id)
    outcome = came_to(found.appointment, facts, found.offering.rules, now=request.app[CLOCK]())
    if outcome in OURS:
        return await sorry(request, found, outcome, facts)
    raise web.HTTPSeeOther(home_of(request))


ROUTES: tuple[web.RouteDef, ...] = (web.get("/a/{token}/afterwards", afterwards),)

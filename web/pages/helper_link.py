"""The customer makes a link for who helps them, which shows the steps alone, and takes it back."""

from aiohttp import web

from booking.errors import WrongStatus
from web.body import Nothing, read_form
from web.keys import CLOCK, RATES, SITE, UNITS
from web.pages.visit import Visit, home_of, visit_of
from web.qr import qr_inline
from web.render import page

MOST_AN_HOUR = 30


async def show(request: web.Request) -> web.Response:
    return await _shown(request, await visit_of(request))


async def make(request: web.Request) -> web.Response:
    """Show the new link in the answer itself, once: only its hash is kept. Raises WrongStatus."""
    await read_form(request, Nothing)
    found, now = await visit_of(request), request.app[CLOCK]()
    if not found.appointment.is_live:
        raise WrongStatus(found.appointment.status)
    await request.app[RATES].an_hour(MOST_AN_HOUR, "helper link", str(found.appointment.id))
    token = await request.app[UNITS].do(lambda unit: unit.helper_links.make(found.appointment.id, at=now))
    return await _shown(request, found, f"{request.app[SITE].public_url}/h/{token}")


async def take_back(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    found = await visit_of(request)
    await request.app[UNITS].do(lambda unit: unit.helper_links.remove(found.appointment.id))
    raise web.HTTPSeeOther(f"{home_of(request)}/helper")


async def _shown(request: web.Request, found: Visit, address: str = "") -> web.Response:
    async with request.app[UNITS].read() as unit:
        made_at = await unit.helper_links.made_at(found.appointment.id)
    return page(
        request,
        "helper/link.html",
        zone=found.zone,
        home=home_of(request),
        is_live=found.appointment.is_live,
        made_at=made_at,
        address=address,
        code=qr_inline(address) if address else "",
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/helper", show),
    web.post("/a/{token}/helper", make),
    web.post("/a/{token}/helper/off", take_back),
)

"""An adviser makes a private address for their calendar program, and takes it away."""

from aiohttp import web
from yarl import URL

from identity.calendar_feed import make_feed
from identity.staff import StaffMember
from web.body import Nothing, read_form
from web.guard import staff
from web.keys import CLOCK, SITE, UNITS
from web.pages.desk_seat import desk_page


async def show(request: web.Request) -> web.Response:
    return await _shown(request, staff(request))


async def make(request: web.Request) -> web.Response:
    """Show the new address in the answer itself, once: only its hash is kept."""
    member = staff(request)
    await read_form(request, Nothing)
    now = request.app[CLOCK]()
    token = await request.app[UNITS].do(lambda unit: make_feed(unit, member.id, now=now))
    return await _shown(request, member, f"{request.app[SITE].public_url}/calendar/{token}.ics")


async def revoke(request: web.Request) -> web.Response:
    member = staff(request)
    await read_form(request, Nothing)
    await request.app[UNITS].do(lambda unit: unit.calendar_feeds.remove(member.id))
    raise web.HTTPSeeOther("/desk/calendar")


async def _shown(request: web.Request, member: StaffMember, address: str = "") -> web.Response:
    async with request.app[UNITS].read() as unit:
        made_at = await unit.calendar_feeds.made_at(member.id)
    return desk_page(
        request,
        member,
        "desk/calendar.html",
        made_at=made_at,
        address=address,
        subscribing=str(URL(address).with_scheme("webcal")) if address else "",
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/calendar", show),
    web.post("/desk/calendar", make),
    web.post("/desk/calendar/revoke", revoke),
)

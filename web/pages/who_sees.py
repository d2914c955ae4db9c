"""Who sees, what is kept, when it goes: a page for an offering, and one for an appointment."""

from collections.abc import Sequence

from aiohttp import web

from booking.letter import Channel
from web.keys import SITE, UNITS
from web.pages.not_offered import not_offered
from web.pages.visit import Visit, home_of, visit_of
from web.path import path_id
from web.ports import Unit
from web.promises import Case, Promise, promises
from web.render import page, reader_of


async def of_offering(request: web.Request) -> web.Response:
    """Say it before anything is chosen. Raises NotFound."""
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(path_id(request, "offering_id"))
        if not offering.is_open:
            return await not_offered(request, unit)
    said = promises(Case(site=request.app[SITE], offerings=[offering]), reader_of(request))
    return page(
        request,
        "promises/page.html",
        promises=said,
        offering=offering,
        back=f"/book/{offering.id}",
        visit=None,
    )


async def of_appointment(request: web.Request) -> web.Response:
    found = await visit_of(request)
    return page(
        request,
        "promises/page.html",
        promises=await promised(request, found),
        offering=found.offering,
        back=home_of(request),
        visit=found,
    )


async def promised(request: web.Request, found: Visit) -> Sequence[Promise]:
    """Return what is true of one appointment; the meeting's page shows it to both sides."""
    async with request.app[UNITS].read() as unit:
        colleagues = await _colleagues(unit, found)
        helped_since = await unit.helper_links.made_at(found.appointment.id)
    case = Case(
        site=request.app[SITE],
        offerings=[found.offering],
        colleagues=colleagues,
        writes_sms=Channel.SMS in found.appointment.customer.channels,
        has_helper=helped_since is not None,
    )
    return promises(case, reader_of(request))


async def _colleagues(unit: Unit, found: Visit) -> int:
    advisers = await unit.advisers.all()
    return sum(one.team_id == found.adviser.team_id and one.id != found.adviser.id for one in advisers)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/book/{offering_id}/who-sees", of_offering),
    web.get("/a/{token}/who-sees", of_appointment),
)

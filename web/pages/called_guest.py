"""Where an invited guest's link leads: as what and by whom they are asked; and nothing of the matter."""

from aiohttp import web

from booking.errors import NotFound
from booking.guest_link import InvitedGuest
from web.keys import UNITS
from web.meeting_words import GUESTS
from web.pages.visit import Visit, visit
from web.render import page


async def show(request: web.Request) -> web.Response:
    """Tell what the link is for; of one that is over, kindly that it is, and nothing else."""
    try:
        guest, found = await invited(request)
    except NotFound:
        return page(request, "guest/over.html", 404)
    return page(
        request,
        "guest/invited.html",
        guest=guest.name,
        as_what=GUESTS[guest.role],
        adviser=found.adviser.name,
        address=f"/g/{request.match_info['guest_token']}/meeting",
    )


async def invited(request: web.Request) -> tuple[InvitedGuest, Visit]:
    """Return who is invited by the link in the address, and to what. Raises NotFound once it is over."""
    async with request.app[UNITS].read() as unit:
        guest = await unit.guest_links.by_token(request.match_info["guest_token"])
        found = await visit(unit, guest.appointment_id)
    if not found.appointment.is_live or guest.role not in GUESTS:
        raise NotFound
    return guest, found


ROUTES: tuple[web.RouteDef, ...] = (web.get("/g/{guest_token}", show),)

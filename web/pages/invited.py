"""Where a handed-over link leads: the free times of its offering, and a kind word when it is over."""

from aiohttp import web

from booking.invitation import Invitation
from web.body import read_query
from web.keys import ADDRESS, ALLOWANCE, CLOCK, RATES, UNITS
from web.pages.not_offered import not_offered
from web.pages.slot_answer import slots_answer
from web.pages.slot_page import slot_page
from web.pages.slot_question import SlotQuestion
from web.reader_zone import zone_of
from web.render import page

GONE = 410


async def invited(request: web.Request) -> web.Response:
    """Show the times of the one matter that the link is about. Raises booking's NotFound."""
    await request.app[RATES].a_minute(request.app[ALLOWANCE].slot_pages_a_minute, "slots", request[ADDRESS])
    question = read_query(request, SlotQuestion)
    token, now = request.match_info["invitation"], request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        invitation = await unit.invitations.by_token(token)
        offering = await unit.offerings.get(invitation.offering_id)
        if not invitation.is_open(now):
            standing = invitation.standing(now)
            return page(request, "booking/invitation_over.html", GONE, offering=offering, standing=standing)
        if not offering.is_open:
            return await not_offered(request, unit)
        asked = _as_said(question, invitation, token)
        among = frozenset({invitation.adviser_id}) if invitation.adviser_id else None
        zone = zone_of(request, offering.zone)
        found = await slot_page(unit, offering, asked, now=now, zone=zone, among=among)
    return slots_answer(request, found, offering, zone, here=f"/i/{token}", until=invitation.expires_at)


def _as_said(question: SlotQuestion, invitation: Invitation, token: str) -> SlotQuestion:
    """Let the link say what it knows better than the address."""
    adviser = invitation.adviser_id or question.adviser
    return question.model_copy(update={"via": token, "source": invitation.source, "adviser": adviser})


ROUTES: tuple[web.RouteDef, ...] = (web.get("/i/{invitation}", invited),)

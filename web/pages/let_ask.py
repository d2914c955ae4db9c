"""A customer comes in without identification while the bank is down: the adviser sees it, and asks."""

from aiohttp import web

from identity.identification import Identified
from web.body import read_form
from web.own_ways import QUESTIONS
from web.pages.certificate import Wanted
from web.pages.choosing import asked_by
from web.pages.delivered_code import as_booked, offered
from web.pages.identifying import begun_here, concluded
from web.pages.visit import home_of


async def let_ask(request: web.Request) -> web.Response:
    """Go on to the waiting room as nobody in particular. Raises NotFound."""
    wanted = await read_form(request, Wanted)
    found = await offered(request, QUESTIONS)

    async def unknown() -> Identified:
        return as_booked(found, QUESTIONS, request)

    attempt = await begun_here(request, found, QUESTIONS, wanted, asked=asked_by(found.offering, QUESTIONS))
    await concluded(request, attempt, unknown)
    raise web.HTTPSeeOther(f"{home_of(request)}/door")


ROUTES: tuple[web.RouteDef, ...] = (web.post("/a/{token}/identify/questions", let_ask),)

"""The words of a sentence that was written while its reader's waiting room was open already."""

from aiohttp import web

from identity.errors import SessionOver
from web.guard import came_in, customer_appointment
from web.i18n import language_of
from web.keys import RATES, UNITS
from web.own_words import learnt_sentence

MOST_A_MINUTE = 60
"""A page asks once for each that it does not know, and a few times more when nobody answers."""


async def sentence(request: web.Request) -> web.Response:
    """Say one to the browser that came in by the door. Raises SessionOver for another, NotFound."""
    appointment = await customer_appointment(request)
    await request.app[RATES].a_minute(MOST_A_MINUTE, "sentence", str(appointment.id))
    async with request.app[UNITS].read() as unit:
        if await came_in(request, unit, appointment.id) is None:
            raise SessionOver
        text = await learnt_sentence(unit, request.match_info["sentence"], language_of(request))
    answer = web.json_response({"text": text})
    answer.headers["Cache-Control"] = "no-store"
    return answer


ROUTES: tuple[web.RouteDef, ...] = (web.get("/a/{token}/sentences/{sentence}", sentence),)

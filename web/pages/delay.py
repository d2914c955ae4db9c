"""Tells an open waiting room whether the adviser is late; the words are the server's."""

from aiohttp import web

from web.i18n import N_, gettext, language_of
from web.pages.visit import Visit, visit_of
from web.render import reader_of

DELAY = N_("Your adviser is about %(delay)s late. We are sorry. This does not count against you.")


async def delay(request: web.Request) -> web.Response:
    found = await visit_of(request)
    answer = web.json_response({"text": delay_words(request, found)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def delay_words(request: web.Request, found: Visit) -> str:
    """Return the sentence in the reader's language; empty when nobody is late."""
    if not found.late:
        return ""
    told = reader_of(request).duration(found.late)
    return gettext(language_of(request), DELAY) % {"delay": told}


ROUTES: tuple[web.RouteDef, ...] = (web.get("/a/{token}/delay", delay),)

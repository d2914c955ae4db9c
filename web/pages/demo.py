"""The demo's start page and its outbox; in production there is nothing at these addresses."""

from aiohttp import web

from web.keys import SITE, UNITS
from web.moments import moment_json
from web.refusal import PageNotFound
from web.render import page


async def start(request: web.Request) -> web.Response:
    _require_demo(request)
    return page(request, "demo/start.html")


async def outbox(request: web.Request) -> web.Response:
    _require_demo(request)
    async with request.app[UNITS].read() as unit:
        letters = await unit.demo_letters.all()
    return page(request, "demo/outbox.html", letters=letters)


async def outbox_json(request: web.Request) -> web.Response:
    """Tell every letter, the newest first; `links` are addresses alone."""
    _require_demo(request)
    async with request.app[UNITS].read() as unit:
        letters = await unit.demo_letters.all()
    return web.json_response(
        [
            {
                "channel": letter.channel,
                "to": letter.to,
                "subject": letter.subject,
                "text": letter.text,
                "at": moment_json(letter.at),
                "links": [address for _, address in letter.links],
            }
            for letter in letters
        ]
    )


def _require_demo(request: web.Request) -> None:
    if not request.app[SITE].is_demo:
        raise PageNotFound


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/demo", start),
    web.get("/demo/outbox", outbox),
    web.get("/demo/outbox.json", outbox_json),
)

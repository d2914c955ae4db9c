"""Who may ask at all: our own Host, our own pages, and not too often."""

from aiohttp import web
from aiohttp.typedefs import Handler

from web.keys import ADDRESS, ALLOWANCE, RATES, SITE
from web.marks import Mark, has_mark
from web.origin import check_origin
from web.refusal import ForeignHost

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"
PROGRAMS = (API, "/channels/")
"""Who calls here has a key or signs, and no cookie opens anything."""
UNCOUNTED = ("/static/", "/health/")


def is_change(request: web.Request) -> bool:
    """Tell whether a route of our pages is asked to change something; programs have no cookies."""
    is_known = request.match_info.http_exception is None
    return is_known and request.method not in SAFE and not request.path.startswith(PROGRAMS)


@web.middleware
async def host(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Raises ForeignHost: another site's name may point at our address (DNS rebinding)."""
    if not request.app[SITE].is_ours(request.headers.get("Host", "")) and not has_mark(
        request, Mark.ANY_HOST
    ):
        raise ForeignHost
    return await handler(request)


@web.middleware
async def rate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Raises TooManyRequests. The API counts per key by itself, and by address who comes without one."""
    allowance, rates = request.app[ALLOWANCE], request.app[RATES]
    if is_change(request):
        await rates.a_minute(allowance.posts_a_minute, "post", request[ADDRESS])
    elif not request.path.startswith(UNCOUNTED) and not _has_key(request):
        await rates.a_minute(allowance.pages_a_minute, "page", request[ADDRESS])
    return await handler(request)


def _has_key(request: web.Request) -> bool:
    return request.path.startswith(API) and "Authorization" in request.headers


@web.middleware
async def origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Raises ForeignOrigin for what another site's page would change."""
    if is_change(request):
        check_origin(request)
    return await handler(request)

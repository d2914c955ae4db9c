"""Which page sent a request: Origin and Fetch Metadata, before any secret is looked at."""

from aiohttp import web
from yarl import URL

from web.keys import SITE
from web.refusal import ForeignOrigin

OWN = frozenset({"same-origin", "none"})


def check_origin(request: web.Request) -> None:
    """Raise ForeignOrigin for a form or fetch() of another site.

    Our pages are sent with `Referrer-Policy: no-referrer`, which makes browsers say `Origin: null` when a
    form is posted; then Sec-Fetch-Site decides, and in a browser too old for that, the CSRF token alone.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in OWN:
        raise ForeignOrigin
    origin = request.headers.get("Origin", "null")
    if origin != "null" and not _is_own(request, origin):
        raise ForeignOrigin


def check_socket_origin(request: web.Request) -> None:
    """Raise ForeignOrigin for another page's WebSocket; who sends none is no browser, and needs a ticket."""
    origin = request.headers.get("Origin")
    if origin is not None and not _is_own(request, origin):
        raise ForeignOrigin


def _is_own(request: web.Request, origin: str) -> bool:
    """Take the public origin, or the very name and port under which this request came, when that is ours."""
    site = request.app[SITE]
    if origin == site.origin:
        return True
    host = request.headers.get("Host", "")
    return origin == f"{URL(site.public_url).scheme}://{host}" and site.is_ours(host)

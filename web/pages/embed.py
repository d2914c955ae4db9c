"""The one file that other sites load from us: the script of the booking button."""

from hashlib import sha256

from aiohttp import web

from web.keys import ASSETS
from web.refusal import PageNotFound

PATH = "/embed/button.js"
SCRIPT = "js/embed/button.js"
FOR_AN_HOUR = "public, max-age=3600, stale-while-revalidate=86400"


async def button(request: web.Request) -> web.Response:
    """Serve it under an address without version, for any site; 304 to whoever has it already."""
    found = request.app[ASSETS].find(SCRIPT)
    if found is None or found.plain is None:
        raise PageNotFound
    etag = f'"{sha256(found.plain).hexdigest()[:32]}"'
    headers = {
        "Content-Type": found.content_type,
        "Cache-Control": FOR_AN_HOUR,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "ETag": etag,
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers=headers)
    if found.gzipped is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        return web.Response(body=found.gzipped, headers=headers | {"Content-Encoding": "gzip"})
    return web.Response(body=found.plain, headers=headers)


ROUTES: tuple[web.RouteDef, ...] = (web.get(PATH, button),)

"""Serves what static.py holds."""

from aiohttp import web

from web.keys import ASSETS
from web.refusal import PageNotFound

FOR_EVER = "public, max-age=31536000, immutable"
NOT_KEPT = "no-cache"


async def asset(request: web.Request) -> web.StreamResponse:
    """Serve a file; one asked for under an older version gets today's content, which is then not kept."""
    assets = request.app[ASSETS]
    found = assets.find(request.match_info["path"])
    if found is None:
        raise PageNotFound
    is_current = request.match_info["version"] == assets.version
    headers = {
        "Content-Type": found.content_type,
        "Cache-Control": FOR_EVER if is_current else NOT_KEPT,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if found.plain is None and found.path is not None:
        return web.FileResponse(found.path, headers=headers)
    headers["Vary"] = "Accept-Encoding"
    if found.gzipped is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        return web.Response(body=found.gzipped, headers=headers | {"Content-Encoding": "gzip"})
    return web.Response(body=found.plain, headers=headers)


ROUTES: tuple[web.RouteDef, ...] = (web.get("/static/{version}/{path:.+}", asset),)

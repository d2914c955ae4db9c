"""The logos of providers, from our own origin: no page asks another machine for a picture."""

from aiohttp import web

from web.keys import PROVIDERS
from web.refusal import PageNotFound

LARGEST = 16 * 1024
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Opened by itself the picture runs nothing and loads nothing."""


async def logo(request: web.Request) -> web.Response:
    """Raises PageNotFound for a provider without one."""
    provider = request.app[PROVIDERS].get(request.match_info["provider"])
    if provider is None or not provider.logo or len(provider.logo) > LARGEST:
        raise PageNotFound
    return web.Response(
        body=provider.logo,
        content_type="image/svg+xml",
        headers={"Content-Security-Policy": ALONE, "Cache-Control": "public, max-age=86400"},
    )


ROUTES: tuple[web.RouteDef, ...] = (web.get("/identify/{provider}/logo.svg", logo),)

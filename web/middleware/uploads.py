"""An uploaded file lives as long as its request."""

from aiohttp import web
from aiohttp.typedefs import Handler

from web.upload import put_away


@web.middleware
async def uploads(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    finally:
        put_away(request)

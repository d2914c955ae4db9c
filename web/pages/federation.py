"""What brokers read of us: our entity statement, and our keys signed by it (OpenID Federation 1.0)."""

from aiohttp import web

from identity.oidc.federation import JWKS_PATH, JWKS_TYPE, STATEMENT_PATH, STATEMENT_TYPE, Published
from web.keys import CLOCK
from web.refusal import PageNotFound

PUBLISHED = web.AppKey("published_keys", Published)
"""Set where a broker must know us; without it there is nothing at these addresses."""


async def statement(request: web.Request) -> web.Response:
    return _token(_published(request).statement(now=request.app[CLOCK]()), STATEMENT_TYPE)


async def jwks(request: web.Request) -> web.Response:
    return _token(_published(request).jwks(now=request.app[CLOCK]()), JWKS_TYPE)


def _token(token: str | None, kind: str) -> web.Response:
    """Raises PageNotFound as long as there is no entity key."""
    if token is None:
        raise PageNotFound
    return web.Response(body=token.encode("ascii"), content_type=kind)


def _published(request: web.Request) -> Published:
    found = request.app.get(PUBLISHED)
    if found is None:
        raise PageNotFound
    return found


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(STATEMENT_PATH, statement),
    web.get(JWKS_PATH, jwks),
)

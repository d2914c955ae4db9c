"""Nobody comes to a handler whom the table of rights does not let pass, whatever the handler forgets."""

from functools import lru_cache

from aiohttp import web
from aiohttp.typedefs import Handler

from identity.permission import Right
from web.api.caller import let_in_key
from web.guard import let_in_staff
from web.middleware.journal import route_of
from web.rights import Scope, Watching, needs_of

_needs_of = lru_cache(maxsize=None)(needs_of)


@web.middleware
async def rights(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Raises what the guards raise: SignInNeeded, NotAllowed, KeyNeeded, ScopeMissing."""
    match _needs_of(request.method, route_of(request)):
        case Right() as right:
            await let_in_staff(request, right)
        case Watching(right):
            await let_in_staff(request, right, by_itself=True)
        case Scope(name):
            await let_in_key(request, name)
    return await handler(request)

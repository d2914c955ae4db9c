"""Refusals become answers here and nowhere else; cookies that were baked go out with them."""

from aiohttp import web
from aiohttp.typedefs import Handler

from web.cookies import bake, serve_baked
from web.i18n import COOKIE, LANGUAGES
from web.problems import answered
from web.refusal import MethodNotAllowed, PageNotFound


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell what was refused; let faults through to the journal."""
    try:
        answer = await handler(request)
    except web.HTTPException as raised:
        answer = _told(request, raised)
    except Exception as raised:  # every room has its own family, so the table decides which these are
        told = answered(request, raised)
        if told is None:
            raise
        answer = told
    if not answer.prepared:
        _remember_language(request)
        serve_baked(request, answer)
    if isinstance(answer, web.HTTPException):
        raise answer
    return answer


def _told(request: web.Request, raised: web.HTTPException) -> web.StreamResponse:
    """Dress the router's own refusals as ours; redirects go through."""
    match raised:
        case web.HTTPNotFound():
            return answered(request, PageNotFound()) or raised
        case web.HTTPMethodNotAllowed():
            return answered(request, MethodNotAllowed(", ".join(sorted(raised.allowed_methods)))) or raised
    return raised


def _remember_language(request: web.Request) -> None:
    chosen = request.query.get("lang")
    if chosen in LANGUAGES:
        bake(request, COOKIE, chosen)

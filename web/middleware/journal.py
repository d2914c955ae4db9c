"""One line per request, by route and never by path, which may hold a personal link; faults, logged once."""

import re
import secrets
import time

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from web.keys import REQUEST_ID, SITE
from web.middleware.address import is_trusted
from web.problems import failed

HEADER = "X-Request-ID"
NO_ROUTE = "none"
_FIT = re.compile(r"[A-Za-z0-9._-]{8,64}")

_log = structlog.get_logger("web")


@web.middleware
async def journal(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request its id, run it, and log how it went; this and the workers' loop alone catch faults."""
    request[REQUEST_ID] = _request_id(request)
    structlog.contextvars.bind_contextvars(request_id=request[REQUEST_ID])
    began = time.perf_counter()
    try:
        answer = await handler(request)
    except web.HTTPException as redirect:
        _tell(request, redirect.status, began)
        redirect.headers[HEADER] = request[REQUEST_ID]
        raise
    except Exception as fault:
        if not _has_left(request, fault):
            _log.exception("fault", method=request.method, route=route_of(request))
        answer = failed(request)
    _tell(request, answer.status, began)
    if not answer.prepared:
        answer.headers[HEADER] = request[REQUEST_ID]
    return answer


def route_of(request: web.Request) -> str:
    """Return the pattern that matched: `/a/{token}/door`."""
    resource = request.match_info.route.resource
    return NO_ROUTE if resource is None else resource.canonical


def _has_left(request: web.Request, fault: Exception) -> bool:
    """Tell whether nothing is wrong but that the browser is gone: a page closed in a socket's handshake."""
    return isinstance(fault, ConnectionError) and request.transport is None


def _request_id(request: web.Request) -> str:
    """Take over a proxy's id, when the proxy is ours and the id is one."""
    given = request.headers.get(HEADER, "")
    if _FIT.fullmatch(given) and is_trusted(request.remote or "", request.app[SITE].trusted_proxies):
        return given
    return secrets.token_hex(8)


def _tell(request: web.Request, status: int, began: float) -> None:
    _log.info(
        "request",
        method=request.method,
        route=route_of(request),
        status=status,
        milliseconds=round((time.perf_counter() - began) * 1000, 1),
    )

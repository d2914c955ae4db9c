"""How long an answer to a request may take; uploads and live sockets ask for more."""

import asyncio

from aiohttp import web

DEADLINE = web.RequestKey("deadline", asyncio.Timeout)


def extend(request: web.Request, seconds: float) -> None:
    """Give the handler this long from now, if that is later than it has."""
    deadline = request.get(DEADLINE)
    if deadline is not None:
        wanted = asyncio.get_running_loop().time() + seconds
        deadline.reschedule(max(wanted, deadline.when() or 0))


def lift(request: web.Request) -> None:
    """Let the handler run as long as its connection lives."""
    deadline = request.get(DEADLINE)
    if deadline is not None:
        deadline.reschedule(None)

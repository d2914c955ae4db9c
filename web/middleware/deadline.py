"""No answer takes for ever."""

import asyncio

from aiohttp import web
from aiohttp.typedefs import Handler

from web.deadline import DEADLINE
from web.keys import ALLOWANCE
from web.refusal import TookTooLong


@web.middleware
async def deadline(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Cut a handler off after its time. Raises TookTooLong."""
    timeout = asyncio.timeout(request.app[ALLOWANCE].answer_seconds)
    try:
        async with timeout:
            request[DEADLINE] = timeout
            return await handler(request)
    except TimeoutError as late:
        if timeout.expired():
            raise TookTooLong from late
        raise

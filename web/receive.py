"""Bytes of a body as they come in: so many, so fast, of the right kind."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from web.deadline import extend
from web.keys import ALLOWANCE
from web.refusal import BadBody, TooLarge, TooSlow, WrongMediaType


async def received(request: web.Request, most_bytes: int) -> bytes:
    """Return the whole body. Raises what `chunks` raises."""
    return b"".join([chunk async for chunk in chunks(request, most_bytes)])


async def chunks(request: web.Request, most_bytes: int) -> AsyncIterator[bytes]:
    """Hand out the body in pieces, with time for each more as long as it comes fast enough.

    Raises TooLarge, TooSlow, BadBody when the framing is broken, and WrongMediaType for a compressed one.
    """
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise WrongMediaType
    if (request.content_length or 0) > most_bytes:
        raise TooLarge(most_bytes)
    started, size = asyncio.get_running_loop().time(), 0
    while chunk := await _next(request, started, size):
        size += len(chunk)
        if size > most_bytes:
            raise TooLarge(most_bytes)
        yield chunk


async def _next(request: web.Request, started: float, size: int) -> bytes:
    allowance = request.app[ALLOWANCE]
    until = started + allowance.body_grace_seconds + size / allowance.body_bytes_a_second
    extend(request, until - asyncio.get_running_loop().time() + allowance.answer_seconds)
    try:
        async with asyncio.timeout_at(until):
            return await request.content.readany()
    except TimeoutError as late:
        raise TooSlow from late
    except (web.RequestPayloadError, ConnectionError) as broken:
        raise BadBody("framing") from broken


def check_kind(request: web.Request, *kinds: str) -> None:
    """Raise WrongMediaType unless the body says that it is of one of these kinds, and in UTF-8."""
    charset = (request.charset or "utf-8").lower()
    if request.content_type not in kinds or charset not in {"utf-8", "utf8", "us-ascii"}:
        raise WrongMediaType

"""Which open sockets stand on which session of the staff: when it ends, they end within seconds.

A session may end in another process, or by itself: so the database is asked, and not the deed that ended it.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from aiohttp import web

from web.keys import CLOCK, UNITS
from web.ports import Units

LOOK_SECONDS = 1.5
SHOWN_OUT = 4006
"""The close code of a socket whose session has ended."""

ShowOut = Callable[[], Awaitable[None]]
_LOG = logging.getLogger(__name__)


class LiveSessions:
    """Knows for each session what is to be done when it has ended."""

    def __init__(self) -> None:
        self._watched: dict[bytes, set[ShowOut]] = defaultdict(set)

    @contextmanager
    def watched(self, token_hash: bytes, show_out: ShowOut) -> Iterator[None]:
        """Have `show_out` called, once, if the session ends before the block is left."""
        self._watched[token_hash].add(show_out)
        try:
            yield
        finally:
            self._watched[token_hash].discard(show_out)
            if not self._watched[token_hash]:
                del self._watched[token_hash]

    @property
    def is_empty(self) -> bool:
        return not self._watched

    async def look(self, units: Units, *, now: datetime) -> None:
        """Ask which sessions live, by one query for all, and show out who stands on another."""
        async with units.read() as unit:
            living = await unit.staff_sessions.living(list(self._watched), now=now)
        over = [token_hash for token_hash in self._watched if token_hash not in living]
        called = [show_out for token_hash in over for show_out in self._watched[token_hash]]
        for token_hash in over:
            self._watched[token_hash].clear()
        await asyncio.gather(*(show_out() for show_out in called))


LIVE_SESSIONS = web.AppKey("live_sessions", LiveSessions)


async def keep_looking(app: web.Application) -> AsyncIterator[None]:
    """Look again and again while the application runs; a `cleanup_ctx`."""
    looking = asyncio.create_task(_look_again(app))
    yield
    looking.cancel()
    with suppress(asyncio.CancelledError):
        await looking


async def _look_again(app: web.Application) -> None:
    """A look that fails (the database is away) is logged, and the next one tries again."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if app[LIVE_SESSIONS].is_empty:
            continue
        look = asyncio.create_task(app[LIVE_SESSIONS].look(app[UNITS], now=app[CLOCK]()))
        await asyncio.wait({look})
        if fault := look.exception():
            _LOG.error("a look at the sessions failed", exc_info=fault)

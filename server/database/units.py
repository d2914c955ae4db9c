"""Open units of work on a database: one transaction each, retried when the database gives way."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from random import SystemRandom
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from booking.errors import Contended
from server.database.engine import Engines
from server.database.refused import gave_way, was_cut
from server.database.unit import SqlUnit
from server.sealing import Sealer

TRIES = 4
PAUSE_SECONDS = 0.02

T = TypeVar("T")


class SqlUnits:
    """Opens units. On SQLite those that write queue here: SQLite's own waiting is not fair."""

    def __init__(self, engines: Engines, sealer: Sealer) -> None:
        self._engines = engines
        self._sealer = sealer
        self._queue: AbstractAsyncContextManager[object] = (
            asyncio.Lock() if engines.is_sqlite else nullcontext()
        )

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlUnit]:
        """Open a transaction: committed on leaving, rolled back on any exception.

        Raises Contended when the database gave way to others. A connection lost in the middle counts
        as that, since nothing was kept; lost at the commit it is a fault, since nobody can know.
        """
        async with self._queue:
            with _contended_when(gave_way):
                async with self._engines.writing.begin() as connection:
                    with _contended_when(was_cut):
                        yield SqlUnit(connection, self._sealer)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlUnit]:
        """Open a unit that sees one snapshot and can change nothing."""
        with _contended_when(was_cut):
            async with self._engines.reading.begin() as connection:
                yield SqlUnit(connection, self._sealer)

    async def do(self, work: Callable[[SqlUnit], Awaitable[T]]) -> T:
        """Do the work in a unit that writes, and anew in a fresh one when the database gave way.

        The work may run several times, and only its last run is kept. Raises Contended in the end.
        """
        for attempt in range(TRIES - 1):
            try:
                return await self._once(work)
            except Contended:
                await asyncio.sleep(SystemRandom().uniform(0, PAUSE_SECONDS * 2**attempt))
        return await self._once(work)

    async def close(self) -> None:
        await self._engines.close()

    async def _once(self, work: Callable[[SqlUnit], Awaitable[T]]) -> T:
        async with self.write() as unit:
            return await work(unit)


@contextmanager
def _contended_when(is_passing: Callable[[DBAPIError], bool]) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if is_passing(error):
            raise Contended from error
        raise

"""Open units of work on a database: one transaction each, retried when the database gives way."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from random import SystemRandom
from typing import TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import CommitUnknown, Contended
from server.database.engine import Engines
from server.database.refused import while_committing, while_working
from server.database.shared_commit import SharedCommit
from server.database.transaction import begun
from server.database.unit import SqlUnit
from server.sealing import Sealer

TRIES = 4
PAUSE_SECONDS = 0.02

T = TypeVar("T")


def _nobody(_: Collection[UUID]) -> None:
    """Tell nobody."""


class SqlUnits:
    """Opens units. On SQLite those that write queue here and share commits; its own waiting is not fair.

    `tell` hears after each commit whose appointments it may have changed, as ids of advisers.
    """

    def __init__(
        self, engines: Engines, sealer: Sealer, *, tell: Callable[[Collection[UUID]], None] = _nobody
    ) -> None:
        self._engines = engines
        self._sealer = sealer
        self._tell = tell
        self._shared = SharedCommit(engines.writing)
        self._writing = self._shared.turn if engines.is_sqlite else self._alone

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlUnit]:
        """Open a transaction: committed on leaving, rolled back on any exception.

        Raises Contended when the database gave way to others, and DatabaseAway, a kind of it, when it
        cannot be reached. A connection lost in the middle counts as contention, since nothing was kept;
        lost at the commit it is CommitUnknown, which `do` does not try anew.
        """
        async with self._writing() as connection:
            unit = SqlUnit(connection, self._sealer)
            with while_working():
                yield unit
        self._tell(unit.touched)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlUnit]:
        """Open a unit that sees one snapshot and can change nothing.

        A connection that is lost at its end is contention too: there was nothing to be kept.
        """
        async with AsyncExitStack() as stack:
            stack.enter_context(while_working())
            connection = await begun(stack, self._engines.reading)
            yield SqlUnit(connection, self._sealer)

    async def do(self, work: Callable[[SqlUnit], Awaitable[T]]) -> T:
        """Do the work in a unit that writes, and anew in a fresh one when the database gave way.

        The work may run several times, and only its last run is kept. Raises Contended in the end.
        """
        for attempt in range(TRIES - 1):
            try:
                return await self._once(work)
            except CommitUnknown:
                raise
            except Contended:
                await asyncio.sleep(SystemRandom().uniform(0, PAUSE_SECONDS * 2**attempt))
        return await self._once(work)

    async def close(self) -> None:
        await self._shared.close()
        await self._engines.close()

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection whose transaction nobody shares."""
        async with AsyncExitStack() as stack:
            stack.enter_context(while_committing())
            yield await begun(stack, self._engines.writing)

    async def _once(self, work: Callable[[SqlUnit], Awaitable[T]]) -> T:
        async with self.write() as unit:
            return await work(unit)

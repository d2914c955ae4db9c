"""One durable commit for all who wait to write on SQLite: they take turns inside one transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from booking.errors import Contended
from server.database.near_sqlite import NearConnection, near
from server.database.refused import while_committing, while_working
from server.database.transaction import begun


class SharedCommit:
    """Units one after the other, each in a savepoint; the disk is waited for once.

    The commit stands in the same fair queue as the units: its turn comes after all who waited when the
    transaction began. Nobody goes on before it, not even who was refused: the reason may be what another
    unit wrote, and that counts only once it is kept.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._latest: _Shared | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection to write with. Raises Contended, of each kind, when nothing was kept."""
        shared: _Shared | None = None
        try:
            async with self._turn:
                if self._latest is None or self._latest.is_closed:
                    self._latest = _Shared(self._engine, self._turn)
                shared = self._latest
                async with shared.savepoint() as connection:
                    yield connection
        except Exception:
            if shared is not None:
                await shared.end()
            raise
        await shared.end()

    async def close(self) -> None:
        """Wait until what was begun has ended."""
        if self._latest is not None:
            await self._latest.over()


class _Shared:
    """A transaction of many units; closed to others once its commit has its turn, or all of it is lost."""

    def __init__(self, engine: AsyncEngine, turn: asyncio.Lock) -> None:
        self.is_closed = False
        self._has_begun = asyncio.Event()
        self._connection: AsyncConnection | None = None
        self._lost: Contended | None = None
        self._life = asyncio.create_task(self._live(engine, turn))
        self._life.add_done_callback(_fault)  # everybody may have been cut off meanwhile

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[AsyncConnection]:
        """Let a unit work; when it raises, what it did is undone, and nothing of the others'."""
        await self._has_begun.wait()
        if self._connection is None:
            await self.end()
        assert self._connection is not None
        driver = near(self._connection)
        with while_working():
            driver.ask("SAVEPOINT unit")
            try:
                yield self._connection
                driver.ask("RELEASE unit")
            except BaseException as error:
                self._undo(driver, error)
                raise

    async def over(self) -> BaseException | None:
        """Wait for the end; return what the commit met, if anything."""
        await asyncio.wait((self._life,))
        return _fault(self._life)

    async def end(self) -> None:
        """Wait for the end. Raises what the commit met, a new one for each unit."""
        met = await self.over()
        if met is not None:
            raise type(met)() if isinstance(met, Contended) else met

    async def _live(self, engine: AsyncEngine, turn: asyncio.Lock) -> None:
        """Begin, wait for its turn, and commit; the turn is passed on after that.

        What is lost waits for no turn: the next one may need its connection.
        """
        async with AsyncExitStack() as afterwards:
            try:
                with while_committing():
                    async with AsyncExitStack() as stack:
                        self._connection = await begun(stack, engine)
                        self._has_begun.set()
                        try:
                            await afterwards.enter_async_context(turn)
                        except asyncio.CancelledError:
                            if self._lost is None:
                                raise
                            raise self._lost from None
                        self.is_closed = True
            finally:
                self.is_closed = True
                self._has_begun.set()

    def _undo(self, driver: NearConnection, error: BaseException) -> None:
        """Go back to the savepoint; where SQLite has rolled back everything, nothing can be kept."""
        with suppress(DBAPIError):
            driver.ask("ROLLBACK TO unit")
            driver.ask("RELEASE unit")
            return
        self.is_closed = True
        self._lost = error if isinstance(error, Contended) else Contended()
        with suppress(DBAPIError):
            driver.ask("ROLLBACK")
        self._life.cancel()


def _fault(life: "asyncio.Task[None]") -> BaseException | None:
    return Contended() if life.cancelled() else life.exception()

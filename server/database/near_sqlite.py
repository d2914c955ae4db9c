"""SQLite without a change of threads for each step: what cannot wait runs at once, where it is asked for.

aiosqlite hands every step to a thread of the connection, four times a statement, which cost more than the
statements. Here only what may wait for a lock or for the disk goes there: beginning to write, ending that,
settings.
"""

import sqlite3
from asyncio import to_thread
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

_ENDS = frozenset({"commit", "rollback"})
_MAY_WAIT = ("BEGIN", "PRAGMA")
_CHUNK = 64


class NearConnection(aiosqlite.Connection):
    only_reads = False

    async def _connect(self) -> aiosqlite.Connection:
        try:
            return await super()._connect()
        except BaseException:
            # The thread tells this loop that it ended, and fails aloud where the loop has closed before.
            await to_thread(self._thread.join)
            raise

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a step here, or in the thread when it may wait; never both at once, as units are one task."""
        if not self._running or not self._connection or self._may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)

    def ask(self, text: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run at once what cannot wait, and return its rows. Raises DBAPIError, as SQLAlchemy would."""
        try:
            return self._conn.execute(text, values).fetchall()
        except sqlite3.Error as error:
            raise _refused(text, error) from error

    def change(self, text: str, rows: Sequence[Sequence[Any]]) -> int:
        """Do the same for each of many, and return how many rows were written."""
        try:
            return self._conn.executemany(text, rows).rowcount
        except sqlite3.Error as error:
            raise _refused(text, error) from error

    def _may_wait(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        """In WAL a reader hardly ever waits; and where no transaction is open, ending one does nothing."""
        if isinstance(getattr(fn, "__self__", None), sqlite3.Connection):
            is_open = self.in_transaction and not self.only_reads
            return fn.__name__ == "close" or (fn.__name__ in _ENDS and is_open)
        says = args[0] if args and isinstance(args[0], str) else ""
        return says.startswith(_MAY_WAIT) and not (self.only_reads and says == "BEGIN")


def near_connection(
    database: str, *, timeout: float, only_reads: bool = False, **_: object
) -> NearConnection:
    """Return a connection that opens when it is awaited, in autocommit: our BEGINs are our own."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(database, timeout=timeout, isolation_level=None, check_same_thread=False)

    connection = NearConnection(connect, _CHUNK)
    connection._thread.daemon = True
    connection.only_reads = only_reads
    return connection


def near(connection: AsyncConnection) -> NearConnection:
    """Return the driver's own connection of one on SQLite."""
    assert connection.sync_connection is not None
    driver = connection.sync_connection.connection.driver_connection
    assert isinstance(driver, NearConnection)
    return driver


def _refused(text: str, error: sqlite3.Error) -> Exception:
    return DBAPIError.instance(text, None, error, sqlite3.Error, hide_parameters=True)

"""SQLite without a change of threads for each step: what cannot wait runs at once, where it is asked for.

aiosqlite hands every step to a thread of the connection, four times a statement, which cost more than the
statements. Here only what may wait for a lock or for the disk goes there: beginning, ending, settings.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

_MAY_WAIT = frozenset({"commit", "rollback", "close"})
_MAY_WAIT_STATEMENTS = ("BEGIN", "PRAGMA")
_CHUNK = 64


class NearConnection(aiosqlite.Connection):
    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a step here, or in the thread when it may wait; never both at once, as units are one task."""
        if not self._running or not self._connection or _may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)


def near_connection(database: str, *, timeout: float, **_: object) -> NearConnection:
    """Return a connection that opens when it is awaited, in autocommit: our BEGINs are our own."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(database, timeout=timeout, isolation_level=None, check_same_thread=False)

    connection = NearConnection(connect, _CHUNK)
    connection._thread.daemon = True
    return connection


def _may_wait(fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
    if isinstance(getattr(fn, "__self__", None), sqlite3.Connection):
        return fn.__name__ in _MAY_WAIT
    return bool(args) and isinstance(args[0], str) and args[0].startswith(_MAY_WAIT_STATEMENTS)

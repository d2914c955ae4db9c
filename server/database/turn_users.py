"""Coturn's user database (its SQLite file): whom it lets in, until their row goes."""

import asyncio
import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from signalling.ice import IceServer

_TABLE = """CREATE TABLE IF NOT EXISTS turnusers_lt
    (realm varchar(127) default '', name varchar(512), hmackey char(128), PRIMARY KEY (realm, name))"""
"""As coturn makes it; whoever comes first does."""
_PATIENCE_SECONDS = 2


@dataclass(frozen=True, slots=True)
class TurnUsers:
    """The rows of one realm. Each verb raises sqlite3.Error when the file cannot be used."""

    path: Path
    realm: str

    async def add(self, server: IceServer) -> None:
        """Let in whoever bears these credentials."""
        await asyncio.to_thread(self._add, server)

    async def remove(self, is_over: Callable[[str], bool]) -> None:
        """Let in nobody any more whose user name `is_over`."""
        await asyncio.to_thread(self._remove, is_over)

    def _add(self, server: IceServer) -> None:
        secret = f"{server.username}:{self.realm}:{server.credential}"
        key = hashlib.md5(secret.encode(), usedforsecurity=False).hexdigest()  # RFC 8489, 9.2.2
        row = (self.realm, server.username, key)
        with closing(self._open()) as database, database:
            database.execute("INSERT OR REPLACE INTO turnusers_lt VALUES (?, ?, ?)", row)

    def _remove(self, is_over: Callable[[str], bool]) -> None:
        with closing(self._open()) as database, database:
            rows = database.execute("SELECT name FROM turnusers_lt WHERE realm = ?", (self.realm,)).fetchall()
            over = [(self.realm, name) for (name,) in rows if is_over(name)]
            database.executemany("DELETE FROM turnusers_lt WHERE realm = ? AND name = ?", over)

    def _open(self) -> sqlite3.Connection:
        """With a write-ahead log, since coturn asks once and takes "busy" for "unknown"."""
        database = sqlite3.connect(self.path, timeout=_PATIENCE_SECONDS)
        with suppress(sqlite3.OperationalError):  # not waited for: while coturn writes, the next tries
            database.execute("PRAGMA journal_mode = WAL")
        database.execute(_TABLE)
        return database

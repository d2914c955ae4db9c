"""Engines: how connections are opened, and how a transaction begins on each database."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from server.database.near_sqlite import near_connection

PATIENCE_SECONDS = 10
READER_PATIENCE_MS = 250
"""What is read on the loop's thread waits no longer there: only where another process mends the log."""

READERS = 8
CONNECTIONS = 8

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine for units that write and one for units that read."""

    writing: AsyncEngine
    reading: AsyncEngine

    @property
    def is_sqlite(self) -> bool:
        return self.writing.dialect.name == "sqlite"

    async def close(self) -> None:
        await self.writing.dispose()
        await self.reading.dispose()


def async_url(database_url: str) -> URL:
    """Return the address with the driver that we use, whatever driver it names.

    Raises ValueError for a database that is neither PostgreSQL nor SQLite in a file.
    """
    try:
        url = make_url(database_url)
    except ArgumentError:
        raise ValueError("it must look like postgresql://user:password@host/name") from None
    match url.get_backend_name():
        case "sqlite" if url.database and url.database != ":memory:":
            return url.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+asyncpg")
    raise ValueError("the database must be PostgreSQL, or SQLite in a file")


def open_engines(database_url: str) -> Engines:
    """Make both engines; nothing is opened before the first unit."""
    url = async_url(database_url)
    if url.get_backend_name() == "sqlite":
        return Engines(writing=_sqlite(url, writes=True), reading=_sqlite(url, writes=False))
    return Engines(writing=_postgres(url, writes=True), reading=_postgres(url, writes=False))


def _sqlite(url: URL, *, writes: bool) -> AsyncEngine:
    """Make an engine whose transactions begin as we say.

    The driver's own BEGIN comes too late: of 100 increments it kept 20, without an error. A unit that
    writes takes the lock at once, one that reads sees one snapshot and cannot write at all.
    """
    engine = create_async_engine(
        url,
        pool_size=1 if writes else READERS,
        max_overflow=1 if writes else 0,
        hide_parameters=True,
        connect_args={
            "async_creator_fn": near_connection,
            "timeout": PATIENCE_SECONDS,
            "only_reads": not writes,
        },
    )
    only_reads = ("PRAGMA query_only = ON", f"PRAGMA busy_timeout = {READER_PATIENCE_MS}")
    pragmas = PRAGMAS if writes else (*PRAGMAS, *only_reads)
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres(url: URL, *, writes: bool) -> AsyncEngine:
    """Make an engine; what a unit reads is one snapshot, what it writes waits for row locks."""
    settings = {"application_name": "kohtaamo", "jit": "off"}
    if not writes:
        settings |= {
            "default_transaction_read_only": "on",
            "default_transaction_isolation": "repeatable read",
        }
    return create_async_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        hide_parameters=True,
        connect_args={"server_settings": settings, "timeout": PATIENCE_SECONDS},
    )

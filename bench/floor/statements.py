"""The statements of bookings as the product sent them to its driver, sent again by one connection."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
from sqlalchemy import event

from server.database.engine import PATIENCE_SECONDS, PRAGMAS, Engines, async_url
from server.database.near_sqlite import NearConnection, near_connection

NOT_OURS = ("BEGIN", "PRAGMA", "SELECT pg_", "SET ", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the driver was handed; many rows at once where the product sent many."""

    text: str
    values: Any
    is_many: bool


Booking = Sequence[Statement]


@contextmanager
def recorded(engines: Engines) -> Iterator[Callable[[], Booking]]:
    """Write down every statement; the function handed out returns those since it was last called."""
    found: list[Statement] = []

    def keep(_c: Any, _k: Any, text: str, values: Any, _x: Any, executemany: bool) -> None:
        if not text.startswith(NOT_OURS):
            is_many = executemany and isinstance(values[0], tuple | list)
            found.append(Statement(text, values, is_many))

    def taken() -> Booking:
        booking = tuple(found)
        found.clear()
        return booking

    both = (engines.writing.sync_engine, engines.reading.sync_engine)
    for engine in both:
        event.listen(engine, "before_cursor_execute", keep)
    with _recorded_near(found):
        yield taken
    for engine in both:
        event.remove(engine, "before_cursor_execute", keep)


@contextmanager
def _recorded_near(found: list[Statement]) -> Iterator[None]:
    """Write down what goes to SQLite without SQLAlchemy, too."""
    ask, change = NearConnection.ask, NearConnection.change

    def asked(self: NearConnection, text: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if not text.startswith(NOT_OURS):
            found.append(Statement(text, values, is_many=False))
        return ask(self, text, values)

    def changed(self: NearConnection, text: str, rows: Sequence[Sequence[Any]]) -> int:
        found.append(Statement(text, rows, is_many=True))
        return change(self, text, rows)

    NearConnection.ask, NearConnection.change = asked, changed  # type: ignore[method-assign]
    yield
    NearConnection.ask, NearConnection.change = ask, change  # type: ignore[method-assign]


async def replayed(database_url: str, bookings: Sequence[Booking]) -> float:
    """Send bookings one after the other, each with one durable commit; return how many a second."""
    if database_url.startswith("sqlite"):
        return await _on_sqlite(database_url, bookings)
    return await _on_postgres(database_url, bookings)


async def _on_sqlite(database_url: str, bookings: Sequence[Booking]) -> float:
    path = async_url(database_url).database or ""
    connection = await near_connection(path, timeout=PATIENCE_SECONDS)
    for pragma in PRAGMAS:
        await connection.execute(pragma)
    began = time.perf_counter()
    for booking in bookings:
        await connection.execute("BEGIN IMMEDIATE")
        for one in booking:
            send = connection.executemany if one.is_many else connection.execute
            async with send(one.text, one.values) as cursor:
                if cursor.description:
                    await cursor.fetchall()
        await connection.commit()
    seconds = time.perf_counter() - began
    await connection.close()
    return len(bookings) / seconds


async def _on_postgres(database_url: str, bookings: Sequence[Booking]) -> float:
    parts = urlsplit(database_url)
    where = parse_qs(parts.query)
    connection = await asyncpg.connect(
        host=where["host"][0],
        port=int(where["port"][0]),
        user=parts.username,
        database=parts.path.strip("/"),
        server_settings={"jit": "off"},
    )
    began = time.perf_counter()
    for booking in bookings:
        async with connection.transaction():
            for one in booking:
                if one.is_many:
                    await connection.executemany(one.text, one.values)
                else:
                    await connection.fetch(one.text, *one.values)
    seconds = time.perf_counter() - began
    await connection.close()
    return len(bookings) / seconds

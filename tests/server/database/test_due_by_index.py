"""What is due is found by an index, however many appointments there are."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from booking.letter import Channel
from server.database.engine import Engines, open_engines
from server.database.units import SqlUnits
from server.sealing import Sealer

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
INDEXES = {"reminders": "ix_reminders_due_at", "outbox": "ix_outbox_channel_state_next_at"}


@pytest.fixture
async def engines(database_url: str) -> AsyncIterator[Engines]:
    engines = open_engines(database_url)
    yield engines
    await engines.close()


async def due(engines: Engines, table: str) -> list[tuple[str, Any]]:
    """Return the statements, with their values, by which a worker takes what is due from a table."""
    said: list[tuple[str, Any]] = []

    @event.listens_for(engines.writing.sync_engine, "before_cursor_execute")
    def _note(_: Connection, __: object, statement: str, values: Any, *___: object) -> None:
        said.append((statement, values))

    units = SqlUnits(engines, Sealer(b"only for tests: 32 bytes or more."))
    async with units.write() as unit:
        if table == "reminders":
            await unit.reminders.take_due(NOW, limit=200)
        else:
            await unit.outbox.claim(Channel.MAIL, NOW, "test", 1)
    event.remove(engines.writing.sync_engine, "before_cursor_execute", _note)
    return [one for one in said if f"FROM {table}" in one[0]]


async def plan(engines: Engines, statement: str, values: Any) -> str:
    how = "EXPLAIN QUERY PLAN " if engines.is_sqlite else "EXPLAIN "
    async with engines.writing.begin() as connection:
        if not engines.is_sqlite:  # its tables are empty, so that reading them whole is the cheapest
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        rows = (await connection.exec_driver_sql(how + statement, values)).all()
    return "\n".join(str(row) for row in rows)


@pytest.mark.parametrize("table", INDEXES)
async def test_due_rows_are_found_by_their_index(engines: Engines, table: str) -> None:
    [(statement, values)] = await due(engines, table)

    found = await plan(engines, statement, values)

    assert INDEXES[table] in found, found

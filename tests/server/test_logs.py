"""What a fault of the database tells the log: that it was, and nothing of what was in it."""

import io
import json
import logging
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from server.database.engine import Engines, open_engines
from server.logs import open_logs
from tests.contracts.databases import database_url, postgres_template, sqlite_template

__all__ = ["database_url", "postgres_template", "sqlite_template"]

CANARY = "Aino Kanarianlintu"


@pytest.fixture
async def engines(database_url: str) -> AsyncIterator[Engines]:
    engines = open_engines(database_url)
    yield engines
    await engines.close()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Open the logs into a text, and leave them afterwards as they were."""
    told = io.StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    before, level = structlog.get_config(), logging.getLogger().level
    open_logs()
    yield told
    structlog.configure(**before)
    logging.getLogger().setLevel(level)


async def refused(engines: Engines) -> IntegrityError:
    """Have the database refuse a row with a name in it."""
    async with engines.writing.begin() as connection:
        await connection.execute(text("CREATE TABLE t (name TEXT, age INTEGER CHECK (age > 0))"))
    with pytest.raises(IntegrityError) as caught:
        async with engines.writing.begin() as connection:
            await connection.execute(text("INSERT INTO t VALUES (:name, 0)"), {"name": CANARY})
    return caught.value


async def test_a_refused_row_tells_no_values_in_the_log(engines: Engines, log: io.StringIO) -> None:
    fault = await refused(engines)

    structlog.get_logger().error("fault", exc_info=fault)

    line = json.loads(log.getvalue())
    assert line["exception"][0]["exc_type"] == "IntegrityError"
    assert CANARY not in log.getvalue()


async def test_a_terminal_is_told_no_values_either(
    engines: Engines, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", log)
    open_logs()
    fault = await refused(engines)

    structlog.get_logger().error("fault", exc_info=fault)

    assert "IntegrityError" in log.getvalue()
    assert CANARY not in log.getvalue()

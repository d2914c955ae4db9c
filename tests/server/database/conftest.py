"""Both databases, and units on them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from server.database.engine import Engines, open_engines
from server.database.units import SqlUnits
from tests.contracts.databases import (
    SEALER,
    administer,
    database_url,
    migrated,
    postgres_template,
    sql_units,
    sqlite_template,
)
from tests.instances.postgres import Postgres

__all__ = ["database_url", "postgres_template", "sql_units", "sqlite_template"]


@pytest.fixture
async def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a migrated SQLite database."""
    async with migrated("sqlite", request, tmp_path) as url:
        yield url


@pytest.fixture
async def postgres_engines(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Engines]:
    """Engines on PostgreSQL alone."""
    async with migrated("postgresql", request, tmp_path) as url:
        engines = open_engines(url)
        yield engines
        await engines.close()


@pytest.fixture
def postgres_units(postgres_engines: Engines) -> SqlUnits:
    """Units on PostgreSQL alone."""
    return SqlUnits(postgres_engines, SEALER)


@pytest.fixture
def drop_connections(postgres: Postgres) -> Callable[[], Awaitable[None]]:
    """Let the server cut every connection, as a restart does."""

    async def drop() -> None:
        await administer(
            postgres,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
        )

    return drop

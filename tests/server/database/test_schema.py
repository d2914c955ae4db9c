"""The migrations make exactly the tables that the stores use."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from server.database.engine import async_url, open_engines
from server.database.metadata import METADATA
from server.database.schema import NEWEST, SchemaMissing, require_schema
from server.migrate import alembic_config
from tests.contracts.databases import migrate_aside


async def test_the_migrated_schema_is_the_one_of_the_stores(database_url: str) -> None:
    engines = open_engines(database_url)

    async with engines.writing.connect() as connection:
        differences = await connection.run_sync(_differences)

    await engines.close()
    assert differences == []


def test_the_newest_revision_is_the_one_that_the_server_asks_for() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == NEWEST


async def test_a_migrated_database_is_accepted_and_migrating_again_changes_nothing(database_url: str) -> None:
    migrate_aside(database_url)
    engines = open_engines(database_url)

    await require_schema(engines)

    await engines.close()


async def test_a_database_without_schema_is_refused(tmp_path: Path) -> None:
    engines = open_engines(f"sqlite:///{tmp_path / 'empty.sqlite3'}")

    with pytest.raises(SchemaMissing) as refused:
        await require_schema(engines)

    await engines.close()
    assert refused.value.found is None


@pytest.mark.parametrize(
    ("told", "driver"),
    [
        ("sqlite:///data/k.sqlite3", "sqlite+aiosqlite"),
        ("postgresql://host/k", "postgresql+asyncpg"),
        ("postgresql+psycopg2://host/k", "postgresql+asyncpg"),
    ],
)
def test_the_driver_is_ours_whatever_the_address_names(told: str, driver: str) -> None:
    assert async_url(told).drivername == driver


@pytest.mark.parametrize("told", ["mysql://host/k", "sqlite://", "sqlite:///:memory:"])
def test_another_database_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="PostgreSQL"):
        async_url(told)


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, METADATA))

"""Migrated databases for tests: SQLite by copying a file, PostgreSQL by copying a template."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.migrate import migrate
from server.sealing import Sealer
from tests.instances.postgres import Postgres

SEALER = Sealer(b"only for tests: 32 bytes or more.")
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "kohtaamo.sqlite3"
    migrate_aside(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    with ThreadPoolExecutor(1) as aside:
        name = aside.submit(asyncio.run, postgres.fresh()).result()
    migrate_aside(postgres.url(name))
    return name


@pytest.fixture(params=DATABASES)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a migrated, empty database of each kind."""
    async with migrated(request.param, request, tmp_path) as url:
        yield url


@pytest.fixture
async def sql_units(database_url: str) -> AsyncIterator[SqlUnits]:
    """Units on each kind of database."""
    units = SqlUnits(open_engines(database_url), SEALER)
    yield units
    await units.close()


@asynccontextmanager
async def migrated(kind: str, request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[str]:
    """Copy the template of a kind of database; the copy of a server's is dropped in the end."""
    if kind == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), folder / 'k.sqlite3')}"
        return
    template: str = request.getfixturevalue("postgres_template")
    server: Postgres = request.getfixturevalue("postgres")
    name = f"test_{uuid4().hex}"
    await administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield server.url(name)
    await server.drop(name)


def migrate_aside(url: str) -> None:
    """Migrate in a thread, since a fixture may be called while a loop runs."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(migrate, url).result()


async def administer(server: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(
        host=str(server.folder), port=server.port, user="kohtaamo", database="postgres"
    )
    try:
        await connection.execute(statement)
    finally:
        await connection.close()

"""Migrated databases for tests: SQLite by copying a file, PostgreSQL by copying a template."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.migrate import migrate
from server.sealing import Sealer
from tests.instances.postgres import Postgres

SECRET = b"only for tests, 32 bytes or more"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "kohtaamo.sqlite3"
    _migrate_beside(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
async def postgres_template(postgres: Postgres) -> str:
    name = await postgres.fresh()
    await asyncio.to_thread(migrate, postgres.url(name))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'kohtaamo.sqlite3')}"

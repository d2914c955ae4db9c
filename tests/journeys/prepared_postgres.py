"""A demo's first data on PostgreSQL: made once, and copied for each journey after."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.instances.postgres import Postgres
from tests.journeys.demo_process import SOCKETS, running_demo


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database that a demo has filled and left, and the folder of its keys."""

    name: str
    folder: Path


@pytest.fixture(scope="session")
def prepared_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Let a demo fill a database, and end."""

    async def fill() -> Prepared:
        name = await postgres.fresh()
        async with running_demo(folder, database_url=postgres.url(name)):
            return Prepared(name, folder / "data")

    folder = tmp_path_factory.mktemp("prepared")
    return asyncio.run(fill())


@pytest.fixture
async def demo_postgres(
    postgres: Postgres, prepared_postgres: Prepared, tmp_path: Path
) -> AsyncIterator[str]:
    """Return the address of a database as a demo has just filled it; its keys lie in the test's folder."""
    name = await postgres.fresh(like=prepared_postgres.name)
    shutil.copytree(prepared_postgres.folder, tmp_path / "data", ignore=SOCKETS)
    yield postgres.url(name)
    await postgres.drop(name)

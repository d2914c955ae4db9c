"""The three units that must do the same."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.database.engine import open_engines
from server.database.units import SqlUnits
from tests.contracts.databases import (
    DATABASES,
    SEALER,
    database_url,
    migrated,
    postgres_template,
    sql_units,
    sqlite_template,
)
from tests.contracts.world import AnyUnits, World, furnished
from tests.memory.units import MemoryUnits

__all__ = ["database_url", "postgres_template", "sql_units", "sqlite_template"]


@pytest.fixture(params=("memory", *DATABASES))
async def units(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AnyUnits]:
    """Units of each kind, with nothing in them."""
    if request.param == "memory":
        yield MemoryUnits()
        return
    async with migrated(request.param, request, tmp_path) as url:
        on_database = SqlUnits(open_engines(url), SEALER)
        yield on_database
        await on_database.close()


@pytest.fixture
async def world(units: AnyUnits) -> World:
    """Units of each kind, with the people and offerings of all tests."""
    return await furnished(units)

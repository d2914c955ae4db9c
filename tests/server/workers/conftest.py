"""Ilmari's world on each kind of database."""

import pytest

from server.database.units import SqlUnits
from tests.contracts.databases import database_url, postgres_template, sql_units, sqlite_template
from tests.contracts.world import World, furnished

__all__ = ["database_url", "postgres_template", "sql_units", "sqlite_template"]


@pytest.fixture
async def world(sql_units: SqlUnits) -> World:
    """Two teams, one offering, nothing booked."""
    return await furnished(sql_units)

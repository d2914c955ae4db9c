"""A database of each kind for a server to run on."""

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, postgres_url: str) -> tuple[str, str]:
    """Name a database, and say where it is; SQLite is where the server puts it."""
    return request.param, postgres_url if request.param == "postgresql" else ""

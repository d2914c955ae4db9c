"""Bring a database's schema to the newest revision: the only file that loads alembic."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from server.database.engine import async_url

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database_url: str, revision: str = "head") -> None:
    """Run what is missing up to a revision, in one transaction; not to be called in a running event loop."""
    asyncio.run(_migrate(database_url, revision))


def alembic_config(connection: Connection | None = None) -> Config:
    """Return alembic's configuration; an ini file would say nothing more."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def _migrate(database_url: str, revision: str) -> None:
    engine = create_async_engine(async_url(database_url), poolclass=NullPool, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, revision)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    command.upgrade(alembic_config(connection), revision)

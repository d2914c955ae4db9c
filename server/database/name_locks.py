"""Locks on names instead of rows: for what is counted before there is a row to lock."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 0))")


async def lock_names(connection: AsyncConnection, *names: str) -> None:
    """Keep everybody else who names one of these waiting until the unit ends; on SQLite a unit is alone.

    They are taken in one order, so that no two wait for each other.
    """
    if connection.dialect.name == "postgresql":
        for name in sorted(names):
            await connection.execute(_LOCK, {"whose": name})

"""A database with the demo's people and offerings, made once and copied for each test."""

import asyncio
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.demo_data import load_demo
from server.migrate import migrate
from server.sealing import Sealer


@cache
def demo_database(secret: bytes) -> bytes:
    """Return the bytes of an SQLite file whose seals open with a secret."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "kohtaamo.sqlite3"
        migrate(f"sqlite:///{file}")
        asyncio.run(_fill(f"sqlite:///{file}", secret))
        return file.read_bytes()


async def _fill(database: str, secret: bytes) -> None:
    units = SqlUnits(open_engines(database), Sealer(secret))
    async with units.write() as unit:
        await load_demo(unit)
    await units.close()

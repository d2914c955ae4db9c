"""A database that is away, or full, refuses with a word of its own, and heals by itself."""

from pathlib import Path

import pytest
from sqlalchemy import event

from server.database.engine import open_engines
from server.database.refused import DatabaseAway
from server.database.units import SqlUnits
from tests.contracts.databases import SEALER
from tests.contracts.world import NOW

NOBODY_LISTENS = "postgresql://kohtaamo@127.0.0.1:9/kohtaamo"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_database_that_cannot_be_reached_is_away(kind: str, tmp_path: Path) -> None:
    url = NOBODY_LISTENS if kind == "postgresql" else f"sqlite:///{tmp_path / 'nowhere' / 'k.sqlite3'}"
    units = SqlUnits(open_engines(url), SEALER)

    with pytest.raises(DatabaseAway):
        async with units.read():
            pass
    with pytest.raises(DatabaseAway):
        await units.do(lambda unit: unit.heartbeats.beat("worker", at=NOW))

    await units.close()


async def test_a_full_disk_is_refused_keeps_what_there_was_and_heals(sqlite_url: str) -> None:
    engines = open_engines(sqlite_url)
    units = SqlUnits(engines, SEALER)
    pages = ["PRAGMA max_page_count = 1"]  # never under what is there already

    @event.listens_for(engines.writing.sync_engine, "begin")
    def _limit(connection: object) -> None:
        connection.exec_driver_sql(pages[0])  # type: ignore[attr-defined]  # SQLAlchemy's own

    await units.do(lambda unit: unit.heartbeats.beat("before", at=NOW))
    with pytest.raises(DatabaseAway):
        await units.do(lambda unit: unit.heartbeats.beat("x" * 10**6, at=NOW))
    pages[0] = "PRAGMA max_page_count = 1000000"
    await units.do(lambda unit: unit.heartbeats.beat("after", at=NOW))

    async with units.read() as unit:
        assert set(await unit.heartbeats.ages(now=NOW)) == {"before", "after"}
    await units.close()

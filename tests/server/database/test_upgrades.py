"""What was kept under an older schema is still there, and still holds, after migrating."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from booking.errors import OwnOverlap, SlotTaken
from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.migrate import migrate
from tests.contracts.databases import DATABASES, SEALER
from tests.contracts.world import AINO, KULLERVO, LENGTH, NOW, TEN, ZONE, World
from tests.instances.postgres import Postgres

BEFORE_HOLDS = "0006"


@pytest.fixture(params=DATABASES)
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database in which nothing has been made yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.sqlite3'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = await server.fresh()
    yield server.url(name)
    await server.drop(name)


def migrated_to(url: str, revision: str) -> None:
    with ThreadPoolExecutor(1) as aside:
        aside.submit(migrate, url, revision).result()


async def test_an_appointment_from_before_holds_keeps_its_advisers_and_its_customers_time(
    empty_url: str,
) -> None:
    migrated_to(empty_url, BEFORE_HOLDS)
    world, appointment_id = World(units=SqlUnits(open_engines(empty_url), SEALER)), uuid4()
    await _kept_before_holds(empty_url, world, appointment_id)

    migrated_to(empty_url, "head")

    async with world.units.write() as unit:
        kept = await unit.appointments.get(appointment_id)
        with pytest.raises(SlotTaken):
            await unit.appointments.add(world.appointment(TEN + LENGTH / 9, customer=KULLERVO), now=NOW)
    async with world.units.write() as unit:
        with pytest.raises(OwnOverlap):
            await unit.appointments.add(world.appointment(adviser_id=world.louhi), now=NOW)
    assert (kept.customer, kept.span.start, kept.buffer_after) == (AINO, TEN, timedelta(0))
    await world.units.close()


async def _kept_before_holds(url: str, world: World, appointment_id: UUID) -> None:
    """Write rows as the release before holds did, with the columns that there were then."""
    engines = open_engines(url)
    values: dict[str, object] = {
        "bank": world.bank,
        "ilmari": world.ilmari,
        "louhi": world.louhi,
        "talk": world.talk,
        "id": appointment_id,
        "start": TEN,
        "end": TEN + LENGTH,
        "now": NOW,
        "zone": ZONE,
    }
    if "sqlite" in url:
        values = {name: _in_sqlite(value) for name, value in values.items()}
    first = int(TEN.timestamp()) // 300
    async with engines.writing.begin() as connection:
        for statement in _ROWS:
            wanted = {name: value for name, value in values.items() if f":{name}" in statement}
            await connection.execute(text(statement), wanted)
        for cell in range(first, first + 9):
            await connection.execute(text(_CELL), {"who": values["ilmari"], "cell": cell, "id": values["id"]})
    await engines.close()


def _in_sqlite(value: object) -> object:
    """Write a value as SQLAlchemy does for SQLite, which has neither ids nor moments."""
    if isinstance(value, UUID):
        return value.hex
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


_STAFF = (
    "INSERT INTO staff (id, login, name, role, team_id, languages, is_active, password_hash) "
    "VALUES (:{0}, '{0}', '{0}', 'adviser', :bank, '[]', TRUE, '')"
)
_ROWS = (
    "INSERT INTO teams (id, name) VALUES (:bank, 'Bank')",
    _STAFF.format("ilmari"),
    _STAFF.format("louhi"),
    "INSERT INTO offerings (id, place, team_id, names, texts, length, assurance, languages, zone, notice, "
    "horizon, grace, late_limit, door_opens, rules_version, letters) VALUES (:talk, 1, :bank, "
    "'[[\"fi\", \"Puhe\"]]', '[]', 2700, 'none', '[]', :zone, 0, 2419200, 600, 86400, 900, 1, '[]')",
    "INSERT INTO appointments (id, offering_id, adviser_id, starts_at, ends_at, zone, wall_start, "
    "customer_name, customer_email, customer_phone, customer_language, booked_at, status, sequence, source) "
    f"VALUES (:id, :talk, :ilmari, :start, :end, :zone, '', '{AINO.name}', '{AINO.email}', '{AINO.phone}', "
    f"'{AINO.language}', :now, 'booked', 0, '')",
)
_CELL = "INSERT INTO cells (adviser_id, cell, appointment_id) VALUES (:who, :cell, :id)"

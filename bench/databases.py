"""Databases to measure on: SQLite in a file, and a PostgreSQL of our own that waits for its disk."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from booking.availability import WeeklyHours
from booking.offering import Offering
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from server.database.engine import open_engines
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from server.demo_data import HEALTH, ZONE, demo_id, load_demo
from server.migrate import migrate
from server.sealing import Sealer
from tests.instances.postgres import DURABLE, running_postgres

SECRET = "only for benchmarks, 32 characters"
OFFERING = demo_id("offering of benchmarks")
LENGTH = timedelta(minutes=20)
Fresh = Callable[[], Awaitable[str]]


def adviser_ids(advisers: int) -> Sequence[UUID]:
    return [demo_id(f"adviser {number} of benchmarks") for number in range(advisers)]


@asynccontextmanager
async def fresh_databases(kind: str, folder: Path) -> AsyncIterator[Fresh]:
    """Hand out addresses of new databases of a kind."""
    if kind == "sqlite":

        async def new_file() -> str:
            return f"sqlite:///{folder / f'{uuid4().hex}.sqlite3'}"

        yield new_file
        return
    with running_postgres(DURABLE) as server:

        async def new_database() -> str:
            return server.url(await server.fresh())

        yield new_database


async def furnished(database_url: str, advisers: int) -> SqlUnits:
    """Migrate, and bring in the demo with an offering of its own and its advisers, there day and night."""
    await asyncio.to_thread(migrate, database_url)
    units = SqlUnits(open_engines(database_url), Sealer(SECRET.encode()))
    async with units.write() as unit:
        await load_demo(unit)
        await unit.catalogue.add_offering(_offering())
        for adviser_id in adviser_ids(advisers):
            await _hire(unit, adviser_id)
    return units


def _offering() -> Offering:
    return Offering(
        id=OFFERING,
        team_id=HEALTH,
        names={"en": "Benchmark"},
        texts={"en": "Benchmark"},
        length=LENGTH,
        assurance="none",
        zone=ZONE,
        horizon=timedelta(days=60),
    )


async def _hire(unit: SqlUnit, adviser_id: UUID) -> None:
    member = StaffMember(
        id=adviser_id, login=adviser_id.hex, name="Adviser", role=Role.ADVISER, team_id=HEALTH
    )
    await unit.staff.add(Credentials(member, "no password"))
    await unit.catalogue.link(adviser_id, OFFERING)
    for weekday in range(7):
        await unit.catalogue.add_adviser_hours(
            WeeklyHours(adviser_id=adviser_id, weekday=weekday, start_minute=0, end_minute=1440, zone=ZONE)
        )

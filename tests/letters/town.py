"""A house with many appointments, and its worker as a process of its own."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from booking.appointment import Customer
from booking.fact import Actor, Fact, FactKind, timed
from booking.letter import LetterKind
from booking.reminder import Reminder
from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.sealing import Sealer
from tests.contracts.world import LENGTH, World, furnished
from tests.overheard.ear import EAR

SECRET = "only for tests, 32 bytes or more"
NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
"""On the wall of the customers, so that no letter waits for the morning."""

FIRST = NOON + timedelta(days=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Where a worker works; `database_url` is open to the test as well."""

    folder: Path
    database_url: str
    units: SqlUnits
    world: World
    settings: dict[str, str]

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._clock.read_text()))

    def turn_clock(self, by: timedelta) -> None:
        self.turn_clock_to(self.now() + by)

    def turn_clock_to(self, moment: datetime) -> None:
        draft = self._clock.with_suffix(".new")
        draft.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        draft.replace(self._clock)

    def hear(self) -> None:
        """Let what the workers logged be searched for secrets."""
        if self._log.exists():
            EAR.hear_log("the log of kohtaamo work", self._log.read_text(errors="replace"))

    @property
    def _log(self) -> Path:
        return self.folder / "work.log"

    @property
    def _clock(self) -> Path:
        return self.folder / "clock"

    async def start_work(self) -> Process:
        """Start `kohtaamo work`; who starts it ends it."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("KOHTAAMO_")
        } | {
            "KOHTAAMO_MODE": "demo",
            "KOHTAAMO_SECRET": SECRET,
            "KOHTAAMO_DATA": str(self.folder / "data"),
            "KOHTAAMO_DATABASE_URL": self.database_url,
            "KOHTAAMO_CLOCK_FILE": str(self._clock),
            **self.settings,
        }
        command = (sys.executable, "-m", "server.cli", "work")
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *command, env=environment, stdin=DEVNULL, stdout=DEVNULL, stderr=log
            )

    async def remind(self, count: int, *, due_at: datetime) -> Sequence[UUID]:
        """Let so many customers have appointments, and a reminder each at one moment."""
        ids: list[UUID] = []
        async with self.units.write() as unit:
            for number in range(count):
                customer = Customer(name=f"Customer {number}", email=f"c{number}@example.org")
                appointment = self.world.appointment(FIRST + number * LENGTH, customer=customer)
                await unit.appointments.add(appointment, now=NOON)
                await unit.links.make(appointment.id)
                booked = Fact(
                    appointment_id=appointment.id,
                    at=NOON,
                    kind=FactKind.BOOKED,
                    by=Actor.CUSTOMER,
                    detail=timed(appointment.span),
                )
                await unit.facts.append(booked)
                reminder = Reminder(
                    appointment_id=appointment.id, kind=LetterKind.ONE_DAY, due_at=due_at, sequence=0
                )
                await unit.reminders.add([reminder])
                ids.append(appointment.id)
        return ids

    async def states(self) -> dict[str, int]:
        async with self.units.read() as unit:
            return dict(await unit.outbox.counts())


@asynccontextmanager
async def town(folder: Path, database_url: str, **settings: str) -> AsyncIterator[Town]:
    """Furnish a house on a migrated database, at noon."""
    units = SqlUnits(open_engines(database_url), Sealer(SECRET.encode()))
    made = Town(
        folder=folder,
        database_url=database_url,
        units=units,
        world=await furnished(units),
        settings=settings,
    )
    made.turn_clock_to(NOON)
    yield made
    made.hear()
    await units.close()


async def ended(process: Process) -> None:
    """End a worker in order, if it has not ended."""
    if process.returncode is None:
        process.terminate()
    await asyncio.wait_for(process.wait(), timeout=30)

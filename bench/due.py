"""What a step of the work finds due: in a day's plan of 100,000 appointments, over one of 1,000."""

import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from bench.databases import LENGTH, OFFERING, adviser_ids, fresh_databases, furnished
from bench.figure import Figure, ratio_of_medians
from booking.appointment import Appointment, Customer, wall_time
from booking.letter import Channel, LetterKind
from booking.remind import remind
from booking.reminder import ReminderPlan
from booking.time_span import TimeSpan
from server.database.appointments_table import appointment_values, appointments
from server.database.engine import open_engines
from server.database.outbox_table import Delivery, outbox
from server.database.reminders import reminders
from server.database.units import SqlUnits
from server.demo_data import ZONE

ADVISERS = 50
FEW, MANY = 1_000, 100_000
DUE = 100
ROUNDS = 15
AT_ONCE = 2_000
TARGET = 2.0
DAY = timedelta(days=1)


class UndoneError(Exception):
    """The next round must find the same due."""


async def due() -> Sequence[Figure]:
    """Measure on both databases: few, many, and again. As many are due in each."""
    return [await _on(kind) for kind in ("sqlite", "postgresql")]


async def _on(kind: str) -> Figure:
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        fresh = await stack.enter_async_context(fresh_databases(kind, folder))
        units: dict[int, SqlUnits] = {}
        for size in times:
            url = await fresh()
            units[size] = await furnished(url, ADVISERS)
            stack.push_async_callback(units[size].close)
            await _fill(url, size, now)
        for number in range(ROUNDS + 1):  # the first is not counted: both are warm after it
            for size, found in times.items():
                seconds = await _stepped(units[size], now)
                if number:
                    found.append(seconds)
    return ratio_of_medians(f"due-{kind}", times[MANY], times[FEW], target=TARGET, unit="× with a thousand")


async def _stepped(units: SqlUnits, now: datetime) -> float:
    """Take what is due of the plan, claim a letter of the outbox, keep nothing; return milliseconds."""
    began = time.perf_counter()
    with suppress(UndoneError):
        async with units.write() as unit:
            assert await remind(unit, now=now, limit=DUE * 2) == DUE
            assert len(await unit.outbox.claim(Channel.MAIL, now, "bench", 1)) == 1
            raise UndoneError
    return (time.perf_counter() - began) * 1000


async def _fill(url: str, size: int, now: datetime) -> None:
    """Write a day's appointments, with the letters planned for each and one that was sent already."""
    engines = open_engines(url)
    async with engines.writing.begin() as connection:
        for first in range(0, size, AT_ONCE):
            some = [_appointment(number, size, now) for number in range(first, min(first + AT_ONCE, size))]
            await connection.execute(insert(appointments), [appointment_values(one) for one in some])
            await connection.execute(insert(reminders), list(_planned(some, first, now)))
            await connection.execute(insert(outbox), [_sent(one.id, now) for one in some])
    async with engines.writing.connect() as connection:
        await connection.execute(text("ANALYZE"))
        await connection.commit()
    await engines.close()


def _appointment(number: int, size: int, now: datetime) -> Appointment:
    """Return one of those that begin four days from now, one after another with each adviser."""
    start = now + 4 * DAY + number // ADVISERS * LENGTH
    return Appointment(
        id=uuid4(),
        offering_id=OFFERING,
        adviser_id=adviser_ids(ADVISERS)[number % ADVISERS],
        span=TimeSpan(start, start + LENGTH),
        zone=ZONE,
        wall_start=wall_time(start, ZONE),
        customer=Customer(name="Aino Virtanen", email=f"{number}@example.org"),
        booked_at=now - DAY,
        source="bench",
    )


def _planned(some: Sequence[Appointment], first: int, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the plan of each; the first of all have one letter that is due now."""
    for number, one in enumerate(some, first):
        for planned in ReminderPlan().reminders(one, now=now):
            yield _row(one.id, planned.kind, planned.due_at)
        if number < DUE:
            yield _row(one.id, LetterKind.THREE_DAYS, now - timedelta(seconds=1))


def _row(appointment_id: UUID, kind: LetterKind, due_at: datetime) -> dict[str, Any]:
    return {"id": uuid4(), "appointment_id": appointment_id, "kind": kind, "due_at": due_at, "sequence": 0}


def _sent(appointment_id: UUID, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "appointment_id": appointment_id,
        "kind": LetterKind.BOOKED,
        "sequence": 0,
        "channel": Channel.MAIL,
        "put_at": now - DAY,
        "sent_at": now - DAY,
        "state": Delivery.SENT,
        "tries": 1,
        "doubts": 0,
    }

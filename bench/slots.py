"""Slots of one offering, 30 days, 50 advisers: with 100,000 appointments in the database, over 1,000."""

import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from bench.databases import LENGTH, OFFERING, adviser_ids, fresh_databases, furnished
from bench.figure import Figure, ratio_of_medians
from booking.appointment import Appointment, Customer, Status, wall_time
from booking.find_slots import find_slots
from booking.time_span import TimeSpan, cells
from server.database.appointments_table import appointment_values, appointments
from server.database.cells import taken_cells
from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.demo_data import ZONE

ADVISERS = 50
FEW, MANY = 1_000, 100_000
DAYS = timedelta(days=30)
ROUNDS = 9
AT_ONCE = 500
TARGET = 1.3


async def slots() -> Sequence[Figure]:
    """Measure on both databases: few, many, and again. The 30 days hold the same thousand in each."""
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
            await _fill(url, list(_appointments(size, now)))
        for number in range(ROUNDS + 1):  # the first is not counted: both are warm after it
            for size, found in times.items():
                seconds = await _looked(units[size], now)
                if number:
                    found.append(seconds)
    return ratio_of_medians(f"slots-{kind}", times[MANY], times[FEW], target=TARGET, unit="× with a thousand")


async def _looked(units: SqlUnits, now: datetime) -> float:
    """Find every slot of the 30 days; return how many milliseconds it took."""
    began = time.perf_counter()
    async with units.read() as unit:
        offering = await unit.offerings.get(OFFERING)
        found = list(await find_slots(unit, offering, TimeSpan(now, now + DAYS), now=now))
    assert len(found) > ADVISERS * DAYS.days
    return (time.perf_counter() - began) * 1000


def _appointments(size: int, now: datetime) -> Iterator[Appointment]:
    """Yield a thousand in the days that are asked for; more are half over, half later."""
    dice = Random(size)
    half_hours = [(who, number) for who in adviser_ids(ADVISERS) for number in range(DAYS.days * 48)]
    for who, number in Random(FEW).sample(half_hours, FEW):
        yield _appointment(who, now + number * timedelta(minutes=30), Status.BOOKED)
    half = (size - FEW) // 2
    for count in range(size - FEW):
        who = adviser_ids(ADVISERS)[count % ADVISERS]
        far = timedelta(days=2) + count % half // ADVISERS * timedelta(minutes=30)
        if count < half:
            yield _appointment(who, now + DAYS + far, Status.BOOKED)
        else:
            yield _appointment(who, now - far, dice.choice((Status.CLOSED, Status.CANCELLED)))


def _appointment(adviser_id: UUID, start: datetime, status: Status) -> Appointment:
    return Appointment(
        id=uuid4(),
        offering_id=OFFERING,
        adviser_id=adviser_id,
        span=TimeSpan(start, start + LENGTH),
        zone=ZONE,
        wall_start=wall_time(start, ZONE),
        customer=Customer(name="Aino Virtanen", email=f"{uuid4().hex}@example.org"),
        booked_at=start - timedelta(days=9),
        status=status,
        source="bench",
    )


async def _fill(url: str, wanted: Sequence[Appointment]) -> None:
    """Write appointments and their cells as the product would, many at a time, and let the database count."""
    engines = open_engines(url)
    async with engines.writing.begin() as connection:
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            await connection.execute(insert(appointments), [appointment_values(one) for one in some])
            if rows := list(_cells(some)):
                await connection.execute(insert(taken_cells), rows)
    async with engines.writing.connect() as connection:
        await connection.execute(text("ANALYZE"))
        await connection.commit()
    await engines.close()


def _cells(some: Sequence[Appointment]) -> Iterator[dict[str, object]]:
    for one in some:
        for cell in cells(one.busy) if one.is_live else ():
            yield {"adviser_id": one.adviser_id, "cell": cell, "appointment_id": one.id}

"""Slots of one offering, 30 days, 50 advisers: with 100,000 appointments in the database, over 1,000."""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.databases import LENGTH, OFFERING, adviser_ids
from bench.figure import Figure
from bench.growth import ADVISERS, FEW, Growth, few_and_many
from booking.appointment import Appointment, Customer, Status, wall_time
from booking.find_slots import find_slots
from booking.time_span import TimeSpan, cells
from server.database.appointments_table import appointment_values, appointments
from server.database.cells import taken_cells
from server.database.units import SqlUnits
from server.demo_data import ZONE

DAYS = timedelta(days=30)
AT_ONCE = 500


async def slots() -> Sequence[Figure]:
    """Measure on both databases: few, many, and again. The 30 days hold the same thousand in each."""
    return [await few_and_many(GROWTH, kind) for kind in ("sqlite", "postgresql")]


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


async def _fill(connection: AsyncConnection, size: int, now: datetime) -> None:
    """Write appointments and their cells as the product would, many at a time."""
    wanted = list(_appointments(size, now))
    for first in range(0, size, AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        await connection.execute(insert(appointments), [appointment_values(one) for one in some])
        if rows := list(_cells(some)):
            await connection.execute(insert(taken_cells), rows)


def _cells(some: Sequence[Appointment]) -> Iterator[dict[str, object]]:
    for one in some:
        for cell in cells(one.busy) if one.is_live else ():
            yield {"adviser_id": one.adviser_id, "cell": cell, "appointment_id": one.id}


GROWTH = Growth(name="slots", fill=_fill, measure=_looked, rounds=9, target=1.3)

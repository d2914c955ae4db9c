"""What a step of the work finds due: in a day's plan of 100,000 appointments, over one of 1,000."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.databases import LENGTH, OFFERING, adviser_ids
from bench.figure import Figure
from bench.growth import ADVISERS, Growth, few_and_many
from booking.appointment import Appointment, Customer, wall_time
from booking.letter import Channel, LetterKind
from booking.remind import remind
from booking.reminder import ReminderPlan
from booking.time_span import TimeSpan
from server.database.appointments_table import appointment_values, appointments
from server.database.outbox_table import Delivery, outbox
from server.database.reminders import reminders
from server.database.units import SqlUnits
from server.demo_data import ZONE

DUE = 100
AT_ONCE = 2_000
DAY = timedelta(days=1)


class UndoneError(Exception):
    """The next round must find the same due."""


async def due() -> Sequence[Figure]:
    """Measure on both databases: few, many, and again. As many are due in each."""
    return [await few_and_many(GROWTH, kind) for kind in ("sqlite", "postgresql")]


async def _stepped(units: SqlUnits, now: datetime) -> float:
    """Take what is due of the plan, claim a letter of the outbox, keep nothing; return milliseconds."""
    began = time.perf_counter()
    with suppress(UndoneError):
        async with units.write() as unit:
            assert await remind(unit, now=now, limit=DUE * 2) == DUE
            assert len(await unit.outbox.claim(Channel.MAIL, now, "bench", 1)) == 1
            raise UndoneError
    return (time.perf_counter() - began) * 1000


async def _fill(connection: AsyncConnection, size: int, now: datetime) -> None:
    """Write a day's appointments, with the letters planned for each and one that was sent already."""
    for first in range(0, size, AT_ONCE):
        some = [_appointment(number, now) for number in range(first, min(first + AT_ONCE, size))]
        await connection.execute(insert(appointments), [appointment_values(one) for one in some])
        await connection.execute(insert(reminders), list(_planned(some, first, now)))
        await connection.execute(insert(outbox), [_sent(one.id, now) for one in some])


def _appointment(number: int, now: datetime) -> Appointment:
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


GROWTH = Growth(name="due", fill=_fill, measure=_stepped, rounds=15, target=2.0)

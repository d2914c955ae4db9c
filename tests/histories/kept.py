"""What stands in the database once all is quiet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import Appointment
from booking.fact import Fact
from booking.offering import Offering
from server.database.appointments_table import appointment_of, appointments
from server.database.cells import customer_cells, taken_cells
from server.database.engine import open_engines
from server.database.facts import fact_of, facts
from server.database.offerings import SqlOfferings
from server.database.outbox_table import outbox
from server.database.reminders import reminders


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The rows of what came by the API; letters are (kind, sequence), reminders (kind, due, sequence)."""

    offerings: Mapping[UUID, Offering]
    appointments: Sequence[Appointment]
    facts: Mapping[UUID, Sequence[Fact]]
    letters: Mapping[UUID, Sequence[tuple[str, int]]]
    reminders: Mapping[UUID, Sequence[tuple[str, datetime, int]]]
    cells: Mapping[UUID, frozenset[tuple[UUID, int]]]
    customer_cells: Mapping[UUID, frozenset[int]]


async def read_kept(database_url: str) -> Kept:
    engines = open_engines(database_url)
    try:
        async with engines.reading.begin() as connection:
            return await _read(connection)
    finally:
        await engines.close()


async def _read(connection: AsyncConnection) -> Kept:
    ours = select(appointments).where(appointments.c.source == "api")
    found = [appointment_of(row) for row in await connection.execute(ours)]
    by_owner = {name: await _grouped(connection, table) for name, table in _TABLES.items()}
    return Kept(
        offerings={offering.id: offering for offering in await SqlOfferings(connection).all()},
        appointments=found,
        facts={
            owner: sorted(map(fact_of, rows), key=lambda fact: fact.seq)
            for owner, rows in by_owner["facts"].items()
        },
        letters={
            owner: sorted((row.kind, row.sequence) for row in rows)
            for owner, rows in by_owner["outbox"].items()
        },
        reminders={
            owner: sorted((row.kind, row.due_at, row.sequence) for row in rows)
            for owner, rows in by_owner["reminders"].items()
        },
        cells={
            owner: frozenset((row.adviser_id, row.cell) for row in rows)
            for owner, rows in by_owner["cells"].items()
        },
        customer_cells={
            owner: frozenset(row.cell for row in rows) for owner, rows in by_owner["customer_cells"].items()
        },
    )


_TABLES: Mapping[str, Table] = {
    "facts": facts,
    "outbox": outbox,
    "reminders": reminders,
    "cells": taken_cells,
    "customer_cells": customer_cells,
}


async def _grouped(connection: AsyncConnection, table: Table) -> Mapping[UUID, Sequence[Row[Any]]]:
    """Read a table whole, by the appointment or else the hold that its rows belong to."""
    groups: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in await connection.execute(select(table)):
        groups[row.appointment_id or row.hold_id].append(row)
    return groups

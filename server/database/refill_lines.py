"""What the refill rate counts: one line for each freed slot."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import Status
from booking.attendance import MET
from booking.refill_rate import Refillable
from booking.time_span import TimeSpan
from server.database.appointments_table import appointments
from server.database.freed_slots_table import freed_slots
from server.database.offers import offers
from server.database.openings import closures

_IS_CLOSED = exists().where(
    closures.c.starts_at < freed_slots.c.ends_at,
    closures.c.ends_at > freed_slots.c.starts_at,
    or_(closures.c.adviser_id.is_(None), closures.c.adviser_id == freed_slots.c.adviser_id),
    or_(closures.c.offering_id.is_(None), closures.c.offering_id == freed_slots.c.offering_id),
)
_OFFERS = (
    select(func.count()).where(offers.c.freed_id == freed_slots.c.id).correlate(freed_slots).scalar_subquery()
)


async def refill_lines(connection: AsyncConnection, within: TimeSpan) -> list[Refillable]:
    """Return the lines in the order in which the slots were freed."""
    of_period = freed_slots.c.starts_at >= within.start, freed_slots.c.starts_at < within.end
    overlapping = (
        select(freed_slots.c.id.label("freed_id"), appointments.c.id, appointments.c.outcome)
        .join(appointments, appointments.c.adviser_id == freed_slots.c.adviser_id)
        .where(
            *of_period,
            appointments.c.starts_at < freed_slots.c.ends_at,
            appointments.c.ends_at > freed_slots.c.starts_at,
            appointments.c.status != Status.CANCELLED,
        )
    )
    booked: dict[UUID, set[UUID]] = defaultdict(set)
    met: dict[UUID, set[UUID]] = defaultdict(set)
    for row in await connection.execute(overlapping):
        booked[row.freed_id].add(row.id)
        if row.outcome in MET:
            met[row.freed_id].add(row.id)
    query = select(freed_slots, _IS_CLOSED.label("is_closed"), _OFFERS.label("offers")).where(*of_period)
    lines = await connection.execute(query.order_by(freed_slots.c.freed_at, freed_slots.c.id))
    return [
        Refillable(
            appointment_id=row.appointment_id,
            adviser_id=row.adviser_id,
            span=TimeSpan(row.starts_at, row.ends_at),
            freed_at=row.freed_at,
            is_closed=row.is_closed,
            offers=row.offers,
            booked_by=frozenset(booked[row.id]),
            met_by=frozenset(met[row.id]),
        )
        for row in lines
    ]

"""What statistics count: one line per appointment."""

from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.attendance import Attended
from booking.fact import Fact, FactKind
from booking.feedback import HELD, SAID
from booking.hindrance import ON_THE_WAY_IN
from booking.outcome import Outcome
from booking.queue_figures import Queued
from booking.source import DROP_IN
from booking.time_span import TimeSpan
from server.database.appointments_table import appointments
from server.database.columns import Utc
from server.database.facts import fact_of, facts
from server.database.offerings import offerings
from server.database.staff import staff


class SqlAttendance:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def attended(self, within: TimeSpan) -> list[Attended]:
        """Return the lines in the order of their starts; a team is the adviser's."""
        query = (
            select(appointments, staff.c.team_id, offerings.c.zone.label("offering_zone"))
            .join_from(appointments, staff)
            .join(offerings, offerings.c.id == appointments.c.offering_id)
            .where(appointments.c.starts_at >= within.start, appointments.c.starts_at < within.end)
            .order_by(appointments.c.starts_at, appointments.c.id)
        )
        return [
            Attended(
                offering_id=row.offering_id,
                adviser_id=row.adviser_id,
                team_id=row.team_id,
                start=row.starts_at,
                booked_at=row.booked_at,
                zone=row.offering_zone,
                source=row.source,
                outcome=None if row.outcome is None else Outcome(row.outcome),
            )
            for row in await self._connection.execute(query)
        ]

    async def ways_in(self, within: TimeSpan) -> list[list[Fact]]:
        """Return the facts of each way in together, as they happened."""
        query = (
            select(facts)
            .join(appointments, appointments.c.id == facts.c.appointment_id)
            .where(appointments.c.starts_at >= within.start, appointments.c.starts_at < within.end)
            .where(facts.c.kind.in_(ON_THE_WAY_IN))
            .order_by(facts.c.appointment_id, facts.c.seq)
        )
        found = [fact_of(row) for row in await self._connection.execute(query)]
        return [list(group) for _, group in groupby(found, key=lambda fact: fact.appointment_id)]

    async def looked_back(self, within: TimeSpan) -> list[Fact]:
        """Return them by appointment, as they happened."""
        query = (
            select(facts)
            .join(appointments, appointments.c.id == facts.c.appointment_id)
            .where(appointments.c.starts_at >= within.start, appointments.c.starts_at < within.end)
            .where(facts.c.kind == FactKind.WRAPPED_UP)
            .order_by(facts.c.appointment_id, facts.c.seq)
        )
        return [fact_of(row) for row in await self._connection.execute(query)]

    async def held(self, within: TimeSpan) -> list[list[Fact]]:
        """Return them by appointment; one of which nobody said anything is an empty list."""
        said = (facts.c.appointment_id == appointments.c.id) & facts.c.kind.in_(SAID)
        query = (
            select(appointments.c.id, facts)
            .join_from(appointments, facts, said, isouter=True)
            .where(appointments.c.starts_at >= within.start, appointments.c.starts_at < within.end)
            .where(appointments.c.outcome.in_(HELD))
            .order_by(appointments.c.id, facts.c.seq)
        )
        rows = (await self._connection.execute(query)).all()
        by_meeting = groupby(rows, key=lambda row: row.id)
        return [[fact_of(row) for row in group if row.kind is not None] for _, group in by_meeting]

    async def queued(self, within: TimeSpan) -> list[Queued]:
        """Return the lines in the order of their starts."""
        query = (
            select(appointments.c.outcome, _first(FactKind.READY), _first(FactKind.ADMITTED))
            .where(
                appointments.c.source == DROP_IN,
                appointments.c.starts_at >= within.start,
                appointments.c.starts_at < within.end,
            )
            .order_by(appointments.c.starts_at, appointments.c.id)
        )
        rows = await self._connection.execute(query)
        return [
            Queued(None if outcome is None else Outcome(outcome), ready_at, admitted_at)
            for outcome, ready_at, admitted_at in rows
        ]


def _first(kind: FactKind) -> Any:
    of_it = (facts.c.appointment_id == appointments.c.id) & (facts.c.kind == kind)
    return select(func.min(facts.c.at, type_=Utc)).where(of_it).scalar_subquery()

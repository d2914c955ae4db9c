"""What statistics count: one line per appointment."""

from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.attendance import Attended
from booking.fact import Fact, FactKind
from booking.hindrance import ON_THE_WAY_IN
from booking.outcome import Outcome
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

"""Who meets customers of which offering, and their weekly hours."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Row, Select, Table, Text, Uuid, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.adviser import Adviser
from booking.availability import WeeklyHours
from booking.errors import NotFound
from identity.permission import Role
from server.database.columns import id_column
from server.database.metadata import METADATA
from server.database.staff import staff

adviser_offerings = Table(
    "adviser_offerings",
    METADATA,
    Column("offering_id", Uuid, ForeignKey("offerings.id"), primary_key=True),
    Column("adviser_id", Uuid, ForeignKey("staff.id"), primary_key=True),
)

weekly_hours = Table(
    "weekly_hours",
    METADATA,
    id_column(),
    Column("adviser_id", Uuid, ForeignKey("staff.id"), nullable=False, index=True),
    Column("weekday", Integer, nullable=False),
    Column("start_minute", Integer, nullable=False),
    Column("end_minute", Integer, nullable=False),
    Column("zone", Text, nullable=False),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name="forward"),
)

_MEETS_CUSTOMERS = staff.c.is_active & (staff.c.role == Role.ADVISER)


class SqlAdvisers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, adviser_id: UUID) -> Adviser:
        """Return an adviser also when they no longer work here: old appointments name them."""
        found = await self._advisers(select(staff).where(staff.c.id == adviser_id))
        if not found:
            raise NotFound(adviser_id)
        return found[0]

    async def of_offering(self, offering_id: UUID) -> list[Adviser]:
        joined = staff.join(adviser_offerings, adviser_offerings.c.adviser_id == staff.c.id)
        query = select(staff).select_from(joined)
        return await self._advisers(
            query.where(adviser_offerings.c.offering_id == offering_id, _MEETS_CUSTOMERS)
        )

    async def all(self) -> list[Adviser]:
        return await self._advisers(select(staff).where(_MEETS_CUSTOMERS))

    async def hours(self, offering_id: UUID) -> list[WeeklyHours]:
        joined = weekly_hours.join(
            adviser_offerings, adviser_offerings.c.adviser_id == weekly_hours.c.adviser_id
        ).join(staff, staff.c.id == weekly_hours.c.adviser_id)
        query = (
            select(weekly_hours)
            .select_from(joined)
            .where(adviser_offerings.c.offering_id == offering_id, _MEETS_CUSTOMERS)
            .order_by(weekly_hours.c.adviser_id, weekly_hours.c.weekday, weekly_hours.c.start_minute)
        )
        return [_hours(row) for row in await self._connection.execute(query)]

    async def _advisers(self, query: Select[Any]) -> list[Adviser]:
        rows = await self._connection.execute(query.order_by(staff.c.name, staff.c.id))
        return [
            Adviser(id=row.id, name=row.name, team_id=row.team_id, languages=tuple(row.languages))
            for row in rows
        ]


def _hours(row: Row[Any]) -> WeeklyHours:
    return WeeklyHours(
        adviser_id=row.adviser_id,
        weekday=row.weekday,
        start_minute=row.start_minute,
        end_minute=row.end_minute,
        zone=row.zone,
    )

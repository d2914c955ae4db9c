"""Offerings and the rules under which they are booked."""

from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, Uuid, bindparam, false, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import NotFound
from booking.offering import Offering
from server.database.columns import JSON_VALUE, Seconds, id_column
from server.database.metadata import METADATA
from server.database.offering_values import offering_of
from server.database.prepared import Prepared

offerings = Table(
    "offerings",
    METADATA,
    id_column(),
    Column("place", Integer, nullable=False),
    Column("team_id", Uuid, ForeignKey("teams.id")),
    Column("names", JSON_VALUE, nullable=False),
    Column("texts", JSON_VALUE, nullable=False),
    Column("length", Seconds, nullable=False),
    Column("assurance", Text, nullable=False),
    Column("when_down", Text, nullable=False, server_default="nothing"),
    Column("shows_code", Boolean, nullable=False, server_default=true()),
    Column("languages", JSON_VALUE, nullable=False),
    Column("zone", Text, nullable=False),
    Column("notice", Seconds, nullable=False),
    Column("horizon", Seconds, nullable=False),
    Column("grace", Seconds, nullable=False),
    Column("late_limit", Seconds, nullable=False),
    Column("door_opens", Seconds, nullable=False),
    Column("rules_version", Integer, nullable=False),
    Column("letters", JSON_VALUE, nullable=False),
    Column("calls_in", Boolean, nullable=False),
    Column("buffer_before", Seconds, nullable=False),
    Column("buffer_after", Seconds, nullable=False),
    Column("step", Seconds, nullable=False),
    Column("hold", Seconds, nullable=False),
    Column("daily_cap", Integer),
    Column("is_open", Boolean, nullable=False),
    Column("drop_in", Boolean, nullable=False, server_default=false()),
    Column("media_way", Text, nullable=False, server_default="as_set"),
    Column("prices", JSON_VALUE, nullable=False),
    Column("terms", JSON_VALUE, nullable=False),
    Column("questions", JSON_VALUE, nullable=False),
    Column("advice", JSON_VALUE, nullable=False),
    Column("refill", JSON_VALUE, nullable=False),
)

_GET = Prepared(select(offerings).where(offerings.c.id == bindparam("offering_id")))


class SqlOfferings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, offering_id: UUID) -> Offering:
        rows = await _GET.rows(self._connection, {"offering_id": offering_id})
        if not rows:
            raise NotFound(offering_id)
        return offering_of(rows[0])

    async def all(self) -> list[Offering]:
        query = select(offerings).order_by(offerings.c.place, offerings.c.id)
        return [offering_of(row) for row in await self._connection.execute(query)]

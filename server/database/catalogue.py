"""What the organisation sets up: teams, offerings, who meets whom, and when."""

from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.availability import WeeklyHours
from booking.offering import Offering
from server.database.adviser_offerings import adviser_offerings
from server.database.offering_values import offering_values
from server.database.offerings import offerings
from server.database.openings import weekly_hours
from server.database.teams import teams


class SqlCatalogue:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def is_empty(self) -> bool:
        """Tell whether nothing has been set up yet."""
        return (await self._connection.execute(select(teams.c.id).limit(1))).first() is None

    async def add_team(self, team_id: UUID, name: str) -> None:
        await self._connection.execute(insert(teams).values(id=team_id, name=name))

    async def add_offering(self, offering: Offering) -> None:
        """Keep a new offering, shown after those that there are."""
        place = select(func.coalesce(func.max(offerings.c.place), 0) + 1).scalar_subquery()
        await self._connection.execute(insert(offerings).values(**offering_values(offering), place=place))

    async def link(self, adviser_id: UUID, offering_id: UUID) -> None:
        """Let an adviser meet customers of an offering."""
        await self._connection.execute(
            insert(adviser_offerings).values(adviser_id=adviser_id, offering_id=offering_id)
        )

    async def add_adviser_hours(self, hours: WeeklyHours) -> None:
        await self._connection.execute(
            insert(weekly_hours).values(
                id=uuid4(),
                adviser_id=hours.adviser_id,
                offering_id=hours.offering_id,
                weekday=hours.weekday,
                start_minute=hours.start_minute,
                end_minute=hours.end_minute,
                zone=hours.zone,
            )
        )

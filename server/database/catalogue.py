"""What the organisation sets up: teams, offerings, who meets whom, and when."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import LIVE
from booking.availability import WeeklyHours
from booking.errors import NotFound
from booking.offering import Offering
from booking.team import Team
from booking.texts import Texts
from server.database.adviser_offerings import adviser_offerings
from server.database.appointments_table import appointments
from server.database.insert import insert_into
from server.database.offering_values import offering_of, offering_values, pairs
from server.database.offerings import offerings
from server.database.openings import weekly_hours
from server.database.staff import staff
from server.database.teams import teams


class SqlCatalogue:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def is_empty(self) -> bool:
        """Tell whether nothing has been set up yet."""
        return (await self._connection.execute(select(teams.c.id).limit(1))).first() is None

    async def teams(self) -> list[Team]:
        rows = await self._connection.execute(select(teams).order_by(teams.c.name, teams.c.id))
        return [Team(row.id, row.name) for row in rows]

    async def add_team(self, team_id: UUID, name: str) -> None:
        await self._connection.execute(insert(teams).values(id=team_id, name=name))

    async def rename_team(self, team_id: UUID, name: str, *, was: str) -> bool:
        called_so = (teams.c.id == team_id) & (teams.c.name == was)
        renamed = await self._connection.execute(update(teams).where(called_so).values(name=name))
        return bool(renamed.rowcount)

    async def add_offering(self, offering: Offering) -> None:
        """Keep a new offering, shown after those that there are."""
        place = select(func.coalesce(func.max(offerings.c.place), 0) + 1).scalar_subquery()
        await self._connection.execute(insert(offerings).values(**offering_values(offering), place=place))

    async def locked_offering(self, offering_id: UUID) -> Offering:
        query = select(offerings).where(offerings.c.id == offering_id).with_for_update(key_share=True)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound(offering_id)
        return offering_of(row)

    async def change_offering(self, offering: Offering) -> None:
        await self._connection.execute(
            update(offerings).where(offerings.c.id == offering.id).values(**offering_values(offering))
        )

    async def order(self, offering_ids: Sequence[UUID]) -> None:
        for place, offering_id in enumerate(offering_ids, start=1):
            await self._connection.execute(
                update(offerings).where(offerings.c.id == offering_id).values(place=place)
            )

    async def link(self, adviser_id: UUID, offering_id: UUID) -> None:
        """Let an adviser meet customers of an offering."""
        pair = {"adviser_id": adviser_id, "offering_id": offering_id}
        await self._connection.execute(
            insert_into(self._connection, adviser_offerings).values(**pair).on_conflict_do_nothing()
        )

    async def unlink(self, adviser_id: UUID, offering_id: UUID) -> None:
        columns = adviser_offerings.c
        await self._connection.execute(
            delete(adviser_offerings).where(
                columns.adviser_id == adviser_id, columns.offering_id == offering_id
            )
        )

    async def introduce(self, adviser_id: UUID, texts: Texts) -> None:
        await self._connection.execute(
            update(staff).where(staff.c.id == adviser_id).values(texts=pairs(texts))
        )

    async def picture(self, adviser_id: UUID, photo_id: UUID | None) -> UUID | None:
        mine = staff.c.id == adviser_id
        query = select(staff.c.photo_id).where(mine).with_for_update(key_share=True)
        before: UUID | None = (await self._connection.execute(query)).scalar_one_or_none()
        await self._connection.execute(update(staff).where(mine).values(photo_id=photo_id))
        return before

    async def next_ahead(self, now: datetime, *, offering_id: UUID | None = None) -> UUID | None:
        columns = appointments.c
        query = select(columns.id).where(columns.status.in_(LIVE), columns.starts_at > now)
        if offering_id is not None:
            query = query.where(columns.offering_id == offering_id)
        found: UUID | None = (
            await self._connection.execute(query.order_by(columns.starts_at, columns.id).limit(1))
        ).scalar_one_or_none()
        return found

    async def ahead(
        self, now: datetime, *, offering_id: UUID | None = None, adviser_id: UUID | None = None
    ) -> int:
        columns = appointments.c
        query = select(func.count()).where(columns.status.in_(LIVE), columns.ends_at > now)
        if offering_id is not None:
            query = query.where(columns.offering_id == offering_id)
        if adviser_id is not None:
            query = query.where(columns.adviser_id == adviser_id)
        return (await self._connection.execute(query)).scalar_one()

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

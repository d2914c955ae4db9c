"""Offerings and the rules under which they are booked."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Row, Table, Text, Uuid, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import NotFound
from booking.letter import LetterKind
from booking.offering import Offering
from booking.reminder import ReminderPlan
from booking.rules import Rules
from server.database.columns import JSON_VALUE, Seconds, id_column
from server.database.metadata import METADATA

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
    Column("languages", JSON_VALUE, nullable=False),
    Column("zone", Text, nullable=False),
    Column("notice", Seconds, nullable=False),
    Column("horizon", Seconds, nullable=False),
    Column("grace", Seconds, nullable=False),
    Column("late_limit", Seconds, nullable=False),
    Column("door_opens", Seconds, nullable=False),
    Column("rules_version", Integer, nullable=False),
    Column("letters", JSON_VALUE, nullable=False),
)


class SqlOfferings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, offering_id: UUID) -> Offering:
        query = select(offerings).where(offerings.c.id == offering_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound(offering_id)
        return _offering(row)

    async def all(self) -> list[Offering]:
        query = select(offerings).order_by(offerings.c.place, offerings.c.id)
        return [_offering(row) for row in await self._connection.execute(query)]


def offering_values(offering: Offering) -> dict[str, Any]:
    """Return an offering as a row, without its place in the list.

    Names and texts are pairs: PostgreSQL's JSONB forgets the order of an object, in which the first
    language is the one that stands in for those missing.
    """
    return {
        "id": offering.id,
        "team_id": offering.team_id,
        "names": [list(pair) for pair in offering.names.items()],
        "texts": [list(pair) for pair in offering.texts.items()],
        "length": offering.length,
        "assurance": offering.assurance,
        "languages": list(offering.languages),
        "zone": offering.zone,
        "notice": offering.notice,
        "horizon": offering.horizon,
        "grace": offering.rules.grace,
        "late_limit": offering.rules.late_limit,
        "door_opens": offering.rules.door_opens,
        "rules_version": offering.rules.version,
        "letters": [[kind, int(ahead.total_seconds())] for kind, ahead in offering.letters.before],
    }


def _offering(row: Row[Any]) -> Offering:
    return Offering(
        id=row.id,
        names=dict(row.names),
        texts=dict(row.texts),
        length=row.length,
        assurance=row.assurance,
        languages=tuple(row.languages),
        zone=row.zone,
        notice=row.notice,
        horizon=row.horizon,
        rules=Rules(
            grace=row.grace,
            late_limit=row.late_limit,
            door_opens=row.door_opens,
            version=row.rules_version,
        ),
        letters=ReminderPlan(
            tuple((LetterKind(kind), timedelta(seconds=ahead)) for kind, ahead in row.letters)
        ),
        team_id=row.team_id,
    )

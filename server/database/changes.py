"""The log of set-up: who changed what, kept in the unit that changed it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, Row, Table, Text, Uuid, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.change import Change, ChangedField, Deed, Noted, Thing
from server.database.columns import JSON_VALUE, Utc
from server.database.metadata import METADATA

changes = Table(
    "changes",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", Utc, nullable=False, index=True),
    Column("staff_id", Uuid, ForeignKey("staff.id"), nullable=False),
    Column("thing", Text, nullable=False),
    Column("thing_id", Uuid),
    Column("deed", Text, nullable=False),
    Column("fields", JSON_VALUE, nullable=False),
    Index("ix_changes_thing_number", "thing", "number"),
    Index("ix_changes_thing_id_number", "thing_id", "number"),
)


class SqlChangeLog:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, change: Change) -> None:
        await self._connection.execute(
            insert(changes).values(
                at=change.at,
                staff_id=change.by,
                thing=change.thing.value,
                thing_id=change.thing_id,
                deed=change.deed.value,
                fields=[[one.name, one.old, one.new] for one in change.fields],
            )
        )

    async def newest(
        self,
        *,
        thing: Thing | None = None,
        thing_id: UUID | None = None,
        before: int | None = None,
        limit: int,
    ) -> list[Noted]:
        query = select(changes).order_by(changes.c.number.desc()).limit(limit)
        if thing is not None:
            query = query.where(changes.c.thing == thing.value)
        if thing_id is not None:
            query = query.where(changes.c.thing_id == thing_id)
        if before is not None:
            query = query.where(changes.c.number < before)
        return [_noted(row) for row in await self._connection.execute(query)]


def _noted(row: Row[Any]) -> Noted:
    return Noted(
        row.number,
        Change(
            at=row.at,
            by=row.staff_id,
            thing=Thing(row.thing),
            thing_id=row.thing_id,
            deed=Deed(row.deed),
            fields=tuple(ChangedField(*field) for field in row.fields),
        ),
    )

"""Sentences and tags in the organisation's words."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Boolean, Column, Integer, Table, Text, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.wording import Wording, WordingKind
from server.database.columns import JSON_VALUE, id_column
from server.database.metadata import METADATA
from server.database.name_locks import lock_names

wordings = Table(
    "wordings",
    METADATA,
    id_column(),
    Column("kind", Text, nullable=False),
    Column("texts", JSON_VALUE, nullable=False),
    Column("place", Integer, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
)


class SqlWordings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self, kind: WordingKind) -> list[Wording]:
        query = select(wordings).where(wordings.c.kind == kind).order_by(wordings.c.place, wordings.c.id)
        return [
            Wording(id=row.id, kind=WordingKind(row.kind), texts=row.texts, is_withdrawn=row.is_withdrawn)
            for row in await self._connection.execute(query)
        ]

    async def locked(self, kind: WordingKind) -> list[Wording]:
        await lock_names(self._connection, f"wordings {kind}")
        return await self.all(kind)

    async def add(self, wording: Wording) -> None:
        last = select(func.coalesce(func.max(wordings.c.place), 0)).where(wordings.c.kind == wording.kind)
        await self._connection.execute(
            insert(wordings).values(
                id=wording.id,
                kind=wording.kind.value,
                texts=dict(wording.texts),
                place=last.scalar_subquery() + 1,
                is_withdrawn=wording.is_withdrawn,
            )
        )

    async def change(self, wording: Wording) -> None:
        values = {"texts": dict(wording.texts), "is_withdrawn": wording.is_withdrawn}
        await self._connection.execute(update(wordings).where(wordings.c.id == wording.id).values(**values))

    async def order(self, ids: Sequence[UUID]) -> None:
        for place, wording_id in enumerate(ids, start=1):
            await self._connection.execute(
                update(wordings).where(wordings.c.id == wording_id).values(place=place)
            )

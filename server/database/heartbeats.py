"""When each piece of background work was last alive."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Column, Table, Text, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA

heartbeats = Table(
    "heartbeats",
    METADATA,
    Column("worker", Text, primary_key=True),
    Column("at", Utc, nullable=False),
)


class SqlHeartbeats:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def beat(self, worker: str, *, at: datetime) -> None:
        row = insert_into(self._connection, heartbeats).values(worker=worker, at=at)
        await self._connection.execute(
            row.on_conflict_do_update(index_elements=["worker"], set_={"at": row.excluded.at})
        )

    async def ages(self, *, now: datetime) -> Mapping[str, timedelta]:
        """Return how long each has been silent."""
        rows = await self._connection.execute(select(heartbeats))
        return {row.worker: now - row.at for row in rows}

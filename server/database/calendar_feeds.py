"""The advisers' private calendar addresses, one each, under the hash of their token."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Uuid, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.errors import NotFound
from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA

calendar_feeds = Table(
    "calendar_feeds",
    METADATA,
    Column("staff_id", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("made_at", Utc, nullable=False),
)


class SqlCalendarFeeds:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, staff_id: UUID, token_hash: bytes, *, at: datetime) -> None:
        values = {"token_hash": token_hash, "made_at": at}
        await self._connection.execute(
            insert_into(self._connection, calendar_feeds)
            .values(staff_id=staff_id, **values)
            .on_conflict_do_update(index_elements=[calendar_feeds.c.staff_id], set_=values)
        )

    async def find(self, token_hash: bytes) -> UUID:
        query = select(calendar_feeds.c.staff_id).where(calendar_feeds.c.token_hash == token_hash)
        found: UUID | None = (await self._connection.execute(query)).scalar_one_or_none()
        if found is None:
            raise NotFound
        return found

    async def made_at(self, staff_id: UUID) -> datetime | None:
        query = select(calendar_feeds.c.made_at).where(calendar_feeds.c.staff_id == staff_id)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def remove(self, staff_id: UUID) -> None:
        own = calendar_feeds.c.staff_id == staff_id
        await self._connection.execute(delete(calendar_feeds).where(own))

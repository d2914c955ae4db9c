"""Sessions of the staff, under the hash of their cookie."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.session import StaffSession
from server.database.columns import Utc
from server.database.metadata import METADATA
from server.database.staff import staff

staff_sessions = Table(
    "staff_sessions",
    METADATA,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("staff_id", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    Column("idle_until_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
    Column("browser", Text, nullable=False),
)


class SqlStaffSessions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, session: StaffSession) -> None:
        await self._connection.execute(
            insert(staff_sessions).values(
                token_hash=session.token_hash,
                staff_id=session.staff_id,
                created_at=session.created_at,
                last_seen_at=session.last_seen_at,
                idle_until_at=session.idle_until_at,
                expires_at=session.expires_at,
                browser=session.browser,
            )
        )

    async def find(self, token_hash: bytes) -> StaffSession | None:
        query = select(staff_sessions).where(staff_sessions.c.token_hash == token_hash)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else StaffSession(**row._mapping)

    async def of(self, staff_id: UUID, *, now: datetime) -> list[StaffSession]:
        mine = select(staff_sessions).where(staff_sessions.c.staff_id == staff_id, *_lives(now))
        in_order = mine.order_by(staff_sessions.c.last_seen_at.desc(), staff_sessions.c.token_hash)
        return [StaffSession(**row._mapping) for row in await self._connection.execute(in_order)]

    async def living(self, token_hashes: Collection[bytes], *, now: datetime) -> set[bytes]:
        query = (
            select(staff_sessions.c.token_hash)
            .join(staff, staff.c.id == staff_sessions.c.staff_id)
            .where(staff_sessions.c.token_hash.in_(token_hashes), staff.c.is_active, *_lives(now))
        )
        return set((await self._connection.execute(query)).scalars())

    async def touch(self, session: StaffSession) -> None:
        await self._connection.execute(
            update(staff_sessions)
            .where(staff_sessions.c.token_hash == session.token_hash)
            .values(last_seen_at=session.last_seen_at, idle_until_at=session.idle_until_at)
        )

    async def remove(self, token_hash: bytes) -> None:
        await self._connection.execute(
            delete(staff_sessions).where(staff_sessions.c.token_hash == token_hash)
        )

    async def remove_all_of(self, staff_id: UUID) -> None:
        await self._connection.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == staff_id))


def _lives(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return staff_sessions.c.idle_until_at > now, staff_sessions.c.expires_at > now

"""Browsers that came in at a door, under the hash of their cookie."""

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Uuid, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.door_session import DoorSession
from server.database.columns import Utc, appointment_column
from server.database.metadata import METADATA

door_sessions = Table(
    "door_sessions",
    METADATA,
    Column("token_hash", LargeBinary, primary_key=True),
    appointment_column(is_indexed=True),
    Column("participant_id", Uuid, nullable=False),
    Column("came_in_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
    Column("identification_id", Uuid, ForeignKey("identifications.id", ondelete="CASCADE")),
)


class SqlDoorSessions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, session: DoorSession) -> None:
        await self._connection.execute(
            insert(door_sessions).values(
                token_hash=session.token_hash,
                appointment_id=session.appointment_id,
                participant_id=session.participant_id,
                came_in_at=session.came_in_at,
                expires_at=session.expires_at,
                identification_id=session.identification_id,
            )
        )

    async def find(self, token_hash: bytes) -> DoorSession | None:
        query = select(door_sessions).where(door_sessions.c.token_hash == token_hash)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else DoorSession(**row._mapping)

    async def remove(self, token_hash: bytes) -> None:
        await self._connection.execute(delete(door_sessions).where(door_sessions.c.token_hash == token_hash))

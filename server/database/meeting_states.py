"""Meetings under way, so that they outlive a restart of the server."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Column, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.database.columns import JSON_VALUE, appointment_column
from server.database.insert import insert_into
from server.database.metadata import METADATA

meeting_states = Table(
    "meeting_states",
    METADATA,
    appointment_column(is_key=True),
    Column("state", JSON_VALUE, nullable=False),
)


class SqlMeetingStates:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def load(self, appointment_id: UUID) -> Mapping[str, object] | None:
        query = select(meeting_states.c.state).where(meeting_states.c.appointment_id == appointment_id)
        state: Mapping[str, object] | None = (await self._connection.execute(query)).scalar_one_or_none()
        return state

    async def save(self, appointment_id: UUID, state: Mapping[str, object]) -> None:
        row = insert_into(self._connection, meeting_states).values(
            appointment_id=appointment_id, state=dict(state)
        )
        await self._connection.execute(
            row.on_conflict_do_update(index_elements=["appointment_id"], set_={"state": row.excluded.state})
        )

    async def remove(self, appointment_id: UUID) -> None:
        """Forget a meeting that is over."""
        await self._connection.execute(
            delete(meeting_states).where(meeting_states.c.appointment_id == appointment_id)
        )

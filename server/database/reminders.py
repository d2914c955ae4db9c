"""Reminders that have not fallen due yet."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Integer, Row, Table, Text, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.letter import LetterKind
from booking.reminder import Reminder
from server.database.columns import Utc, appointment_column, id_column
from server.database.metadata import METADATA
from server.database.prepared import Prepared

reminders = Table(
    "reminders",
    METADATA,
    id_column(),
    appointment_column(is_indexed=True),
    Column("kind", Text, nullable=False),
    Column("due_at", Utc, nullable=False, index=True),
    Column("sequence", Integer, nullable=False),
)

_ADD = Prepared(insert(reminders))


class SqlReminders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, planned: Collection[Reminder]) -> None:
        if not planned:
            return
        rows = [
            {
                "id": uuid4(),
                "appointment_id": reminder.appointment_id,
                "kind": reminder.kind,
                "due_at": reminder.due_at,
                "sequence": reminder.sequence,
            }
            for reminder in planned
        ]
        await _ADD.add(self._connection, *rows)

    async def drop(self, appointment_id: UUID) -> None:
        await self._connection.execute(delete(reminders).where(reminders.c.appointment_id == appointment_id))

    async def take_due(self, now: datetime, *, limit: int) -> list[Reminder]:
        """Take the oldest; rows that another worker is taking are passed over."""
        due = (
            select(reminders.c.id)
            .where(reminders.c.due_at <= now)
            .order_by(reminders.c.due_at, reminders.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        taken = await self._connection.execute(
            delete(reminders).where(reminders.c.id.in_(due.scalar_subquery())).returning(*reminders.c)
        )
        return sorted((_reminder(row) for row in taken), key=lambda reminder: reminder.due_at)

    async def ahead(self, until: datetime) -> list[Reminder]:
        query = select(reminders).where(reminders.c.due_at < until)
        ordered = query.order_by(reminders.c.due_at, reminders.c.id)
        return [_reminder(row) for row in await self._connection.execute(ordered)]


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(
        appointment_id=row.appointment_id,
        kind=LetterKind(row.kind),
        due_at=row.due_at,
        sequence=row.sequence,
    )

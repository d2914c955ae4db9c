"""Who is asked to go on in a meeting: a projection of the meetings' guests."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.colleague_call import ColleagueCall
from server.database.columns import Utc, appointment_column
from server.database.metadata import METADATA
from server.database.row_locks import RowLocks

colleague_calls = Table(
    "colleague_calls",
    METADATA,
    appointment_column(),
    Column("colleague_id", Uuid, ForeignKey("staff.id"), nullable=False, index=True),
    Column("asked_by", Uuid, ForeignKey("staff.id"), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("appointment_id", "colleague_id"),
)


class SqlColleagueCalls:
    """A call that comes or goes wakes the colleague's desk."""

    def __init__(self, connection: AsyncConnection, locks: RowLocks) -> None:
        self._connection = connection
        self._locks = locks

    async def keep(self, appointment_id: UUID, calls: Sequence[ColleagueCall]) -> None:
        own = colleague_calls.c.appointment_id == appointment_id
        rows = await self._connection.execute(select(colleague_calls).where(own))
        before = {_call(row) for row in rows}
        if before == set(calls):
            return
        await self._connection.execute(delete(colleague_calls).where(own))
        for call in calls:
            await self._connection.execute(
                insert(colleague_calls).values(
                    appointment_id=appointment_id,
                    colleague_id=call.colleague_id,
                    asked_by=call.asked_by,
                    asked_at=call.asked_at,
                    reason=call.reason,
                )
            )
        self._locks.concern(call.colleague_id for call in before ^ set(calls))

    async def to(self, colleague_id: UUID, *, since: datetime) -> Sequence[ColleagueCall]:
        theirs = colleague_calls.c.colleague_id == colleague_id
        query = (
            select(colleague_calls)
            .where(theirs, colleague_calls.c.asked_at > since)
            .order_by(colleague_calls.c.asked_at, colleague_calls.c.appointment_id)
        )
        return [_call(row) for row in await self._connection.execute(query)]


def _call(row: Row[tuple[object, ...]]) -> ColleagueCall:
    return ColleagueCall(
        appointment_id=row.appointment_id,
        colleague_id=row.colleague_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        reason=row.reason,
    )

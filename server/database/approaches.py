"""Who is coming in and does not wait yet."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Row, Table, Text, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.approach import Approach, Place
from server.database.columns import JSON_VALUE, Utc, appointment_column
from server.database.insert import insert_into
from server.database.metadata import METADATA
from server.database.row_locks import RowLocks
from server.database.waiting_rooms import wake_desks

approaches = Table(
    "approaches",
    METADATA,
    appointment_column(is_key=True),
    Column("at", Utc, nullable=False),
    Column("place", Text, nullable=False),
    Column("arrival", JSON_VALUE, nullable=False),
    Column("said", JSON_VALUE),
    Column("help", Text),
)


class SqlApproaches:
    """Every change wakes the desks of all who can take the customer."""

    def __init__(self, connection: AsyncConnection, locks: RowLocks) -> None:
        self._connection = connection
        self._locks = locks

    async def of(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, Approach]:
        query = select(approaches).where(approaches.c.appointment_id.in_(appointment_ids))
        return {row.appointment_id: _approach(row) for row in await self._connection.execute(query)}

    async def keep(self, approach: Approach) -> None:
        here = {"at": approach.at, "place": approach.place.value, "arrival": dict(approach.arrival)}
        await self._connection.execute(
            insert_into(self._connection, approaches)
            .values(appointment_id=approach.appointment_id, **here)
            .on_conflict_do_update(index_elements=["appointment_id"], set_=here)
        )
        await wake_desks(self._connection, self._locks, approach.appointment_id)

    async def tell(
        self, appointment_id: UUID, *, said: Mapping[str, Any] | None = None, help: str | None
    ) -> None:
        told: dict[str, Any] = {"help": help} | ({"said": dict(said)} if said else {})
        changed = update(approaches).where(approaches.c.appointment_id == appointment_id).values(**told)
        if (await self._connection.execute(changed)).rowcount:
            await wake_desks(self._connection, self._locks, appointment_id)


def _approach(row: Row[Any]) -> Approach:
    return Approach(
        appointment_id=row.appointment_id,
        at=row.at,
        place=Place(row.place),
        arrival=row.arrival,
        said=row.said,
        help=row.help,
    )

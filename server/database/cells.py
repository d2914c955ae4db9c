"""The advisers' time in cells of five minutes: the lock against double booking."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Table, Uuid, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.time_span import TimeSpan, cells
from server.database.columns import CELL_NUMBER, appointment_column
from server.database.metadata import METADATA
from server.database.staff import staff

taken_cells = Table(
    "cells",
    METADATA,
    Column("adviser_id", Uuid, ForeignKey("staff.id"), primary_key=True),
    Column("cell", CELL_NUMBER, primary_key=True, autoincrement=False),
    appointment_column(is_indexed=True),
)


class SqlCalendar:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, adviser_ids: Collection[UUID]) -> None:
        """Lock the advisers' rows, in the order of their ids so that two units cannot wait in a ring.

        A unit that writes on SQLite is alone already.
        """
        if not adviser_ids or self._connection.dialect.name == "sqlite":
            return
        await self._connection.execute(
            select(staff.c.id)
            .where(staff.c.id.in_(sorted(adviser_ids)))
            .order_by(staff.c.id)
            .with_for_update(key_share=True)
        )

    async def taken(
        self, adviser_ids: Collection[UUID], within: TimeSpan, *, but_not_of: UUID | None = None
    ) -> Mapping[UUID, frozenset[int]]:
        if not adviser_ids:
            return {}
        wanted = cells(within)
        first = next(wanted)
        query = select(taken_cells.c.adviser_id, taken_cells.c.cell).where(
            taken_cells.c.adviser_id.in_(sorted(adviser_ids)),
            taken_cells.c.cell.between(first, max(wanted, default=first)),
        )
        if but_not_of is not None:
            query = query.where(taken_cells.c.appointment_id != but_not_of)
        found: dict[UUID, set[int]] = defaultdict(set)
        for adviser_id, cell in await self._connection.execute(query):
            found[adviser_id].add(cell)
        return {adviser_id: frozenset(numbers) for adviser_id, numbers in found.items()}

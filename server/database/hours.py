"""Keep when advisers are there, and what is closed."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Table, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.availability import DayHours, Openings, WeeklyHours
from booking.closure import Closure, ClosureKind
from booking.errors import NotFound
from server.database.adviser_offerings import adviser_offerings
from server.database.openings import closure_of, closures, day_hours, day_of, weekly_hours, weekly_of
from server.database.staff import staff


class SqlHours:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def openings(self, adviser_id: UUID, *, since: datetime) -> Openings:
        return Openings(
            weekly=await self._weekly(adviser_id),
            days=await self._days(adviser_id, since.date() - timedelta(days=1)),
            closures=await self._closures(
                closures.c.ends_at > since,
                or_(closures.c.adviser_id.is_(None), closures.c.adviser_id == adviser_id),
            ),
        )

    async def offered_by(self, adviser_id: UUID) -> frozenset[UUID]:
        query = select(adviser_offerings.c.offering_id).where(adviser_offerings.c.adviser_id == adviser_id)
        return frozenset((await self._connection.execute(query)).scalars())

    async def replace_week(
        self, adviser_id: UUID, offering_id: UUID | None, lines: Collection[WeeklyHours]
    ) -> None:
        await self._drop(weekly_hours, adviser_id, offering_id)
        await self._insert(weekly_hours, (_weekly_values(line) for line in lines))

    async def put_day(self, hours: DayHours) -> None:
        await self.drop_day(hours.adviser_id, hours.day, hours.offering_id)
        await self._insert(day_hours, [_day_values(hours)])

    async def drop_day(self, adviser_id: UUID, day: date, offering_id: UUID | None) -> None:
        await self._drop(day_hours, adviser_id, offering_id, day_hours.c.day == day)

    async def set_zone(self, adviser_id: UUID, zone: str) -> None:
        await self._connection.execute(update(staff).where(staff.c.id == adviser_id).values(zone=zone))
        for table in (weekly_hours, day_hours):
            mine = table.c.adviser_id == adviser_id
            await self._connection.execute(update(table).where(mine).values(zone=zone))

    async def close(self, closure: Closure) -> None:
        await self._insert(closures, [_closure_values(closure)])

    async def closure(self, closure_id: UUID) -> Closure:
        found = await self._closures(closures.c.id == closure_id)
        if not found:
            raise NotFound(closure_id)
        return found[0]

    async def reopen(self, closure_id: UUID) -> None:
        await self._connection.execute(delete(closures).where(closures.c.id == closure_id))

    async def closed_for_all(self, *, since: datetime) -> list[Closure]:
        return await self._closures(
            closures.c.ends_at > since,
            closures.c.adviser_id.is_(None),
            closures.c.offering_id.is_(None),
            closures.c.kind != ClosureKind.DISRUPTION,
        )

    async def _weekly(self, adviser_id: UUID) -> list[WeeklyHours]:
        query = select(weekly_hours).where(weekly_hours.c.adviser_id == adviser_id)
        ordered = query.order_by(weekly_hours.c.weekday, weekly_hours.c.start_minute, weekly_hours.c.id)
        return [weekly_of(row) for row in await self._connection.execute(ordered)]

    async def _days(self, adviser_id: UUID, first: date) -> list[DayHours]:
        query = select(day_hours).where(day_hours.c.adviser_id == adviser_id, day_hours.c.day >= first)
        rows = await self._connection.execute(query.order_by(day_hours.c.day, day_hours.c.id))
        return [day_of(row) for row in rows]

    async def _closures(self, *which: ColumnElement[bool]) -> list[Closure]:
        query = select(closures).where(*which).order_by(closures.c.starts_at, closures.c.id)
        return [closure_of(row) for row in await self._connection.execute(query)]

    async def _drop(
        self, table: Table, adviser_id: UUID, offering_id: UUID | None, *which: ColumnElement[bool]
    ) -> None:
        same = table.c.offering_id.is_not_distinct_from(offering_id)
        await self._connection.execute(delete(table).where(table.c.adviser_id == adviser_id, same, *which))

    async def _insert(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        values = [{"id": uuid4(), **row} for row in rows]
        if values:
            await self._connection.execute(insert(table), values)


def _weekly_values(line: WeeklyHours) -> Mapping[str, Any]:
    return {
        "adviser_id": line.adviser_id,
        "offering_id": line.offering_id,
        "weekday": line.weekday,
        "start_minute": line.start_minute,
        "end_minute": line.end_minute,
        "zone": line.zone,
    }


def _day_values(line: DayHours) -> Mapping[str, Any]:
    return {
        "adviser_id": line.adviser_id,
        "offering_id": line.offering_id,
        "day": line.day,
        "stretches": [list(stretch) for stretch in line.stretches],
        "zone": line.zone,
    }


def _closure_values(one: Closure) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "starts_at": one.span.start,
        "ends_at": one.span.end,
        "adviser_id": one.adviser_id,
        "offering_id": one.offering_id,
        "name": one.name,
    }

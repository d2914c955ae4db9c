"""When advisers are there: hours of weeks and of single days, and what is closed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    Uuid,
    bindparam,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.availability import DayHours, Openings, WeeklyHours
from booking.closure import Closure, ClosureKind
from booking.time_span import TimeSpan
from server.database.adviser_offerings import MEETS_CUSTOMERS, adviser_offerings
from server.database.columns import JSON_VALUE, Utc, id_column
from server.database.metadata import METADATA
from server.database.prepared import Prepared
from server.database.staff import staff

weekly_hours = Table(
    "weekly_hours",
    METADATA,
    id_column(),
    Column("adviser_id", Uuid, ForeignKey("staff.id"), nullable=False, index=True),
    Column("offering_id", Uuid, ForeignKey("offerings.id")),
    Column("weekday", Integer, nullable=False),
    Column("start_minute", Integer, nullable=False),
    Column("end_minute", Integer, nullable=False),
    Column("zone", Text, nullable=False),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name="forward"),
)

day_hours = Table(
    "day_hours",
    METADATA,
    id_column(),
    Column("adviser_id", Uuid, ForeignKey("staff.id"), nullable=False),
    Column("offering_id", Uuid, ForeignKey("offerings.id")),
    Column("day", Date, nullable=False),
    Column("stretches", JSON_VALUE, nullable=False),
    Column("zone", Text, nullable=False),
    Index("ix_day_hours_adviser_id_day", "adviser_id", "day"),
)

closures = Table(
    "closures",
    METADATA,
    id_column(),
    Column("kind", Text, nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False, index=True),
    Column("adviser_id", Uuid, ForeignKey("staff.id")),
    Column("offering_id", Uuid, ForeignKey("offerings.id")),
    Column("name", Text, nullable=False),
    CheckConstraint("starts_at < ends_at", name="forward"),
)


async def read_openings(
    connection: AsyncConnection, offering_id: UUID, within: TimeSpan, adviser_id: UUID | None = None
) -> Openings:
    """Read what concerns an offering's advisers inside a span, in three statements."""
    of: dict[str, Any] = {"offering": offering_id}
    weekly, of_days = _WEEKLY, _OF_DAYS
    if adviser_id is not None:
        of["adviser"] = adviser_id
        weekly, of_days = _WEEKLY_OF_ONE, _OF_DAYS_OF_ONE
    days = {
        "first": within.start.date() - timedelta(days=1),
        "last": within.end.date() + timedelta(days=1),
    }
    span = {"start": within.start, "end": within.end}
    return Openings(
        weekly=[weekly_of(row) for row in await weekly.rows(connection, of)],
        days=[day_of(row) for row in await of_days.rows(connection, of | days)],
        closures=[closure_of(row) for row in await _CLOSED.rows(connection, of | span)],
    )


def weekly_of(row: Row[Any]) -> WeeklyHours:
    return WeeklyHours(
        adviser_id=row.adviser_id,
        offering_id=row.offering_id,
        weekday=row.weekday,
        start_minute=row.start_minute,
        end_minute=row.end_minute,
        zone=row.zone,
    )


def day_of(row: Row[Any]) -> DayHours:
    return DayHours(
        adviser_id=row.adviser_id,
        offering_id=row.offering_id,
        day=row.day,
        stretches=tuple((start, end) for start, end in row.stretches),
        zone=row.zone,
    )


def closure_of(row: Row[Any]) -> Closure:
    return Closure(
        id=row.id,
        kind=ClosureKind(row.kind),
        span=TimeSpan(row.starts_at, row.ends_at),
        adviser_id=row.adviser_id,
        offering_id=row.offering_id,
        name=row.name,
    )


def _hours_for(table: Table) -> Select[Any]:
    joined = table.join(adviser_offerings, adviser_offerings.c.adviser_id == table.c.adviser_id).join(
        staff, staff.c.id == table.c.adviser_id
    )
    return (
        select(table)
        .select_from(joined)
        .where(
            adviser_offerings.c.offering_id == bindparam("offering"),
            MEETS_CUSTOMERS,
            or_(table.c.offering_id.is_(None), table.c.offering_id == bindparam("offering")),
        )
        .order_by(table.c.adviser_id, table.c.id)
    )


# Made once: to make a statement takes longer than to send it.
_ANYBODYS = _hours_for(day_hours).where(day_hours.c.day.between(bindparam("first"), bindparam("last")))
_WEEKLY, _OF_DAYS = Prepared(_hours_for(weekly_hours)), Prepared(_ANYBODYS)
_WEEKLY_OF_ONE = Prepared(_hours_for(weekly_hours).where(weekly_hours.c.adviser_id == bindparam("adviser")))
_OF_DAYS_OF_ONE = Prepared(_ANYBODYS.where(day_hours.c.adviser_id == bindparam("adviser")))
_CLOSED = Prepared(
    select(closures).where(
        closures.c.starts_at < bindparam("end"),
        closures.c.ends_at > bindparam("start"),
        or_(closures.c.offering_id.is_(None), closures.c.offering_id == bindparam("offering")),
    )
)

"""Column types that say the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, ForeignKey, Integer, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine


class Utc(TypeDecorator[datetime]):
    """A moment: only aware ones go in, and they come out in UTC.

    SQLite would drop the offset in silence, and keep 03:30 Helsinki as 03:30.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must be aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Seconds(TypeDecorator[timedelta]):
    """A length of time, in whole seconds."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value.total_seconds())

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(seconds=value)


JSON_VALUE: TypeEngine[Any] = JSON().with_variant(JSONB(), "postgresql")

CELL_NUMBER: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")


def id_column() -> Column[Any]:
    return Column("id", Uuid(), primary_key=True)


def appointment_column(*, is_key: bool = False, is_indexed: bool = False) -> Column[Any]:
    """Return the reference to an appointment; what hangs on one goes with it."""
    return Column(
        "appointment_id",
        Uuid(),
        ForeignKey("appointments.id", ondelete="CASCADE"),
        primary_key=is_key,
        nullable=False,
        index=is_indexed,
    )

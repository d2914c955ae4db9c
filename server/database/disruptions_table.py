"""The tables of disruptions and of those whom they concern, and how their rows are read."""

from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Row, Table, Uuid

from booking.disruption import Concerned, Disruption, Scope
from booking.time_span import TimeSpan
from server.database.appointments_table import appointment_of
from server.database.columns import JSON_VALUE, Utc, appointment_column, id_column
from server.database.metadata import METADATA
from server.database.offering_values import pairs

disruptions = Table(
    "disruptions",
    METADATA,
    id_column(),
    Column("adviser_id", Uuid, ForeignKey("staff.id")),
    Column("team_id", Uuid, ForeignKey("teams.id")),
    Column("offering_id", Uuid, ForeignKey("offerings.id")),
    Column("starts_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False, index=True),
    Column("texts", JSON_VALUE, nullable=False),
    Column("has_banner", Boolean, nullable=False),
    Column("offers_moves", Boolean, nullable=False),
    Column("made_by", Uuid, ForeignKey("staff.id"), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("reminder_at", Utc),
    Column("ended_at", Utc),
    Column("closure_ids", JSON_VALUE, nullable=False),
    CheckConstraint("starts_at < ends_at", name="forward"),
)

concerned = Table(
    "concerned",
    METADATA,
    Column("disruption_id", Uuid, ForeignKey("disruptions.id"), primary_key=True),
    appointment_column(is_key=True, is_indexed=True),
    Column("sequence", Integer, nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False),
    Column("told_at", Utc, nullable=False),
    Column("reminded_at", Utc),
    Column("released_at", Utc),
    Index("ix_concerned_released_at", "released_at"),
)


def disruption_values(disruption: Disruption, closure_ids: list[str]) -> dict[str, Any]:
    return {
        "id": disruption.id,
        "adviser_id": disruption.scope.adviser_id,
        "team_id": disruption.scope.team_id,
        "offering_id": disruption.scope.offering_id,
        "starts_at": disruption.span.start,
        "ends_at": disruption.span.end,
        "texts": pairs(disruption.texts),
        "has_banner": disruption.has_banner,
        "offers_moves": disruption.offers_moves,
        "made_by": disruption.made_by,
        "made_at": disruption.made_at,
        "reminder_at": disruption.reminder_at,
        "ended_at": disruption.ended_at,
        "closure_ids": closure_ids,
    }


def disruption_of(row: Row[Any]) -> Disruption:
    return Disruption(
        id=row.id,
        scope=Scope(adviser_id=row.adviser_id, team_id=row.team_id, offering_id=row.offering_id),
        span=TimeSpan(row.starts_at, row.ends_at),
        texts=dict(row.texts),
        made_by=row.made_by,
        made_at=row.made_at,
        has_banner=row.has_banner,
        offers_moves=row.offers_moves,
        reminder_at=row.reminder_at,
        ended_at=row.ended_at,
    )


def concerned_of(row: Row[Any]) -> Concerned:
    """Read a row of `concerned`, whose columns bear a prefix, joined with its appointment."""
    return Concerned(
        disruption_id=row.concerned_disruption_id,
        appointment=appointment_of(row),
        sequence=row.concerned_sequence,
        span=TimeSpan(row.concerned_starts_at, row.concerned_ends_at),
        told_at=row.concerned_told_at,
        reminded_at=row.concerned_reminded_at,
        released_at=row.concerned_released_at,
    )

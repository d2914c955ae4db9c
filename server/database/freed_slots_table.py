"""The table of slots that appointments gave up."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, Uuid

from server.database.columns import Utc, appointment_column, id_column
from server.database.metadata import METADATA

freed_slots = Table(
    "freed_slots",
    METADATA,
    id_column(),
    Column("offering_id", Uuid, ForeignKey("offerings.id"), nullable=False),
    Column("adviser_id", Uuid, ForeignKey("staff.id"), nullable=False),
    appointment_column(is_indexed=True),
    Column("starts_at", Utc, nullable=False, index=True),
    Column("ends_at", Utc, nullable=False),
    Column("freed_at", Utc, nullable=False),
    Column("look_at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    CheckConstraint("starts_at < ends_at", name="forward"),
    CheckConstraint("state IN ('open', 'claimed', 'over')", name="state"),
    Index("ix_freed_slots_state_look_at", "state", "look_at"),
)

"""The table of slots that are kept while forms are filled in."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, Uuid

from server.database.columns import Utc, id_column
from server.database.metadata import METADATA

holds = Table(
    "holds",
    METADATA,
    id_column(),
    Column("offering_id", Uuid, ForeignKey("offerings.id"), nullable=False),
    Column("adviser_id", Uuid, ForeignKey("staff.id"), nullable=False),
    Column("starts_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False),
    Column("busy_from", Utc, nullable=False),
    Column("busy_until", Utc, nullable=False),
    Column("held_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("until", Utc, nullable=False, index=True),
    Column("holder", LargeBinary, nullable=False),
    Column("address", LargeBinary, nullable=False),
    CheckConstraint("starts_at < ends_at", name="forward"),
    Index("ix_holds_adviser_id_starts_at", "adviser_id", "starts_at"),
)

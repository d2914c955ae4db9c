"""The tables of notices and of the tries to tell them; the facts' trigger writes the first one."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, Uuid

from server.database.columns import Utc, id_column
from server.database.metadata import METADATA

notices = Table(
    "notices",
    METADATA,
    id_column(),
    Column("subscriber_id", Uuid, ForeignKey("subscribers.id", ondelete="CASCADE"), nullable=False),
    Column("appointment_id", Uuid, ForeignKey("appointments.id", ondelete="CASCADE"), index=True),
    Column("offering_id", Uuid),
    Column("adviser_id", Uuid),
    Column("seq", Integer),
    Column("kind", Text),
    Column("at", Utc, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("next_at", Utc),
    Column("tries", Integer, nullable=False),
    Column("done_at", Utc),
    Index("ix_notices_subscriber_id_next_at", "subscriber_id", "next_at"),
    Index("ix_notices_subscriber_id_at", "subscriber_id", "at"),
)
attempts = Table(
    "attempts",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("notice_id", Uuid, ForeignKey("notices.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("status", Integer),
    Column("fault", Text),
    Column("said", Text, nullable=False),
)

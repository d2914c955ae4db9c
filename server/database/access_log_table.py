"""The tables of the access log: looks, and the head of their chain."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, Uuid

from server.database.columns import Utc
from server.database.metadata import METADATA

# No foreign keys: a look outlives whatever was looked at, and whoever looked.
access_log = Table(
    "access_log",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("viewer", Text, nullable=False),
    Column("viewer_id", Uuid),
    Column("thing", Text, nullable=False),
    Column("thing_id", Uuid),
    Column("appointment_id", Uuid),
    Column("person_id", Uuid),
    Column("purpose", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("place", Integer, unique=True),
    Column("hash", LargeBinary),
    Index("ix_access_log_appointment_id", "appointment_id", "number"),
    Index("ix_access_log_person_id", "person_id", "number"),
    Index("ix_access_log_viewer_id", "viewer_id", "number"),
    Index("ix_access_log_thing_id", "thing_id", "at"),
    Index("ix_access_log_at", "at"),
)

access_log_head = Table(
    "access_log_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    # Under a key of the installation: who has the database alone cannot write another chain.
    Column("seal", LargeBinary, nullable=False),
)
HEAD_ID = 1

"""The table of persons, apart from its store, so that the table of identifications can name it."""

from sqlalchemy import Column, Integer, LargeBinary, Table, Text

from server.database.columns import Utc, id_column
from server.database.metadata import METADATA

persons = Table(
    "persons",
    METADATA,
    id_column(),
    Column("subject_key", LargeBinary, nullable=False, unique=True),
    Column("sealed_code", LargeBinary, nullable=False),
    # The number of the key that both of them were made with.
    Column("key_version", Integer, nullable=False, index=True),
    Column("given_name", Text, nullable=False),
    Column("family_name", Text, nullable=False),
    Column("since", Utc, nullable=False),
    Column("last_identified_at", Utc, nullable=False, index=True),
)

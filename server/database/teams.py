"""Teams: advisers and admins who see the same appointments."""

from sqlalchemy import Column, Table, Text

from server.database.columns import id_column
from server.database.metadata import METADATA

teams = Table("teams", METADATA, id_column(), Column("name", Text, nullable=False))

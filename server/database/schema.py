"""Which schema this release needs; asked at the start, without loading the migrations."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.database.engine import Engines

NEWEST = "0050"


class SchemaMissing(Exception):
    """The database's schema is not the one of this release; carries what was found, if anything."""

    def __init__(self, found: str | None) -> None:
        super().__init__(found)
        self.found = found


async def require_schema(engines: Engines) -> None:
    """Raise SchemaMissing unless `kohtaamo migrate` has brought the database to this release."""
    try:
        async with engines.reading.begin() as connection:
            query = text("SELECT version_num FROM alembic_version")
            found: str | None = (await connection.execute(query)).scalar_one_or_none()
    except DBAPIError:
        found = None
    if found != NEWEST:
        raise SchemaMissing(found)

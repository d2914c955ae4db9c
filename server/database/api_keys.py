"""Keys of the API, of which only a hash is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, LargeBinary, Row, Table, Text, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.database.columns import JSON_VALUE, Utc, id_column
from server.database.metadata import METADATA
from server.database.prepared import Prepared

api_keys = Table(
    "api_keys",
    METADATA,
    id_column(),
    Column("name", Text, nullable=False),
    Column("key_hash", LargeBinary, nullable=False, unique=True),
    Column("scopes", JSON_VALUE, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

_FIND = Prepared(
    select(api_keys).where(api_keys.c.key_hash == bindparam("key_hash"), api_keys.c.revoked_at.is_(None))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """What a key may do; the key itself stands nowhere."""

    id: UUID
    name: str
    key_hash: bytes
    scopes: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None = None


class SqlApiKeys:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, key: ApiKey) -> None:
        await self._connection.execute(
            insert(api_keys).values(
                id=key.id,
                name=key.name,
                key_hash=key.key_hash,
                scopes=list(key.scopes),
                created_at=key.created_at,
                revoked_at=key.revoked_at,
            )
        )

    async def find(self, key_hash: bytes) -> ApiKey | None:
        """Return the key with a SHA-256, unless it was revoked."""
        rows = await _FIND.rows(self._connection, {"key_hash": key_hash})
        return _key(rows[0]) if rows else None

    async def all(self) -> list[ApiKey]:
        query = select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id)
        return [_key(row) for row in await self._connection.execute(query)]

    async def revoke(self, key_id: UUID, *, at: datetime) -> None:
        await self._connection.execute(
            update(api_keys)
            .where(api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        key_hash=row.key_hash,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )

"""Browsers whose password was right, and the link for the first admin; both under hashes."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Uuid, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.half_sign_in import HalfSignIn
from server.database.columns import Utc
from server.database.metadata import METADATA

half_sign_ins = Table(
    "half_sign_ins",
    METADATA,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("staff_id", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Utc, nullable=False, index=True),
)
set_up_links = Table(
    "set_up_links",
    METADATA,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("expires_at", Utc, nullable=False),
)


class SqlHalfSignIns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, half: HalfSignIn) -> None:
        await self._connection.execute(
            insert(half_sign_ins).values(
                token_hash=half.token_hash, staff_id=half.staff_id, expires_at=half.expires_at
            )
        )

    async def find(self, token_hash: bytes) -> HalfSignIn | None:
        query = select(half_sign_ins).where(half_sign_ins.c.token_hash == token_hash)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else HalfSignIn(**row._mapping)

    async def remove(self, token_hash: bytes) -> None:
        await self._connection.execute(delete(half_sign_ins).where(half_sign_ins.c.token_hash == token_hash))


class SqlSetUpLinks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, token_hash: bytes, *, expires_at: datetime) -> None:
        await self._connection.execute(delete(set_up_links))
        await self._connection.execute(
            insert(set_up_links).values(token_hash=token_hash, expires_at=expires_at)
        )

    async def expires_at(self, token_hash: bytes) -> datetime | None:
        query = select(set_up_links.c.expires_at).where(set_up_links.c.token_hash == token_hash)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def use(self, token_hash: bytes) -> bool:
        using = delete(set_up_links).where(set_up_links.c.token_hash == token_hash)
        return bool((await self._connection.execute(using)).rowcount)

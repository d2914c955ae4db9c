"""Passkeys of the staff, and the challenges that wait to be signed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    LargeBinary,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.errors import PasskeyRefused
from identity.passkey import Passkey, PasskeyChallenge
from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA

passkeys = Table(
    "passkeys",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("staff_id", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("last_used_at", Utc),
)
passkey_challenges = Table(
    "passkey_challenges",
    METADATA,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("challenge", LargeBinary, nullable=False),
    Column("staff_id", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), index=True),
    Column("expires_at", Utc, nullable=False, index=True),
)


class SqlPasskeys:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, passkey: Passkey) -> None:
        adding = insert_into(self._connection, passkeys).values(
            id=passkey.id,
            staff_id=passkey.staff_id,
            public_key=passkey.public_key,
            sign_count=passkey.sign_count,
            name=passkey.name,
            made_at=passkey.made_at,
        )
        added = await self._connection.execute(adding.on_conflict_do_nothing(index_elements=["id"]))
        if not added.rowcount:
            raise PasskeyRefused

    async def find(self, passkey_id: bytes) -> Passkey | None:
        query = select(passkeys).where(passkeys.c.id == passkey_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else Passkey(**row._mapping)

    async def of(self, staff_id: UUID) -> list[Passkey]:
        query = select(passkeys).where(passkeys.c.staff_id == staff_id).order_by(passkeys.c.made_at)
        return [Passkey(**row._mapping) for row in await self._connection.execute(query)]

    async def used(self, passkey_id: bytes, *, sign_count: int, at: datetime) -> None:
        mine = passkeys.c.id == passkey_id
        await self._connection.execute(
            update(passkeys).where(mine).values(sign_count=sign_count, last_used_at=at)
        )

    async def remove(self, staff_id: UUID, passkey_id: bytes) -> None:
        mine = (passkeys.c.id == passkey_id, passkeys.c.staff_id == staff_id)
        await self._connection.execute(delete(passkeys).where(*mine))

    async def remove_all_of(self, staff_id: UUID) -> None:
        await self._connection.execute(delete(passkeys).where(passkeys.c.staff_id == staff_id))

    async def add_challenge(self, challenge: PasskeyChallenge) -> None:
        await self._connection.execute(
            insert(passkey_challenges).values(
                token_hash=challenge.token_hash,
                challenge=challenge.challenge,
                staff_id=challenge.staff_id,
                expires_at=challenge.expires_at,
            )
        )

    async def use_challenge(self, token_hash: bytes) -> PasskeyChallenge | None:
        mine = passkey_challenges.c.token_hash == token_hash
        using = delete(passkey_challenges).where(mine).returning(*passkey_challenges.c)
        row = (await self._connection.execute(using)).one_or_none()
        return None if row is None else PasskeyChallenge(**row._mapping)

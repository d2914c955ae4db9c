"""Passkeys of customers, each of one person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Table, Text, Uuid, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.customer_passkey import CustomerPasskey
from identity.errors import PasskeyRefused
from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA
from server.database.persons_table import persons

customer_passkeys = Table(
    "customer_passkeys",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("person_id", Uuid, ForeignKey(persons.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("provider", Text, nullable=False),
    Column("identified_at", Utc, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
)


class SqlCustomerPasskeys:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, passkey: CustomerPasskey) -> None:
        adding = insert_into(self._connection, customer_passkeys).values(
            {column.name: getattr(passkey, column.name) for column in customer_passkeys.c}
        )
        added = await self._connection.execute(adding.on_conflict_do_nothing(index_elements=["id"]))
        if not added.rowcount:
            raise PasskeyRefused

    async def find(self, passkey_id: bytes) -> CustomerPasskey | None:
        query = select(customer_passkeys).where(customer_passkeys.c.id == passkey_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else CustomerPasskey(**row._mapping)

    async def of(self, person_id: UUID, *, now: datetime) -> list[CustomerPasskey]:
        query = select(customer_passkeys).where(
            customer_passkeys.c.person_id == person_id, customer_passkeys.c.expires_at > now
        )
        found = await self._connection.execute(query.order_by(customer_passkeys.c.made_at))
        return [CustomerPasskey(**row._mapping) for row in found]

    async def used(self, passkey_id: bytes, *, sign_count: int, expires_at: datetime) -> None:
        mine = customer_passkeys.c.id == passkey_id
        await self._connection.execute(
            update(customer_passkeys).where(mine).values(sign_count=sign_count, expires_at=expires_at)
        )

    async def remove(self, person_id: UUID, passkey_id: bytes) -> None:
        mine = (customer_passkeys.c.id == passkey_id, customer_passkeys.c.person_id == person_id)
        await self._connection.execute(delete(customer_passkeys).where(*mine))

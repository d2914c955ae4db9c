"""Failed sign-ins of the staff, counted to slow down guessing."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Column, Index, Table, Text, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.database.columns import Utc, id_column
from server.database.metadata import METADATA

sign_in_failures = Table(
    "sign_in_failures",
    METADATA,
    id_column(),
    Column("login", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Utc, nullable=False, index=True),
    Index("ix_sign_in_failures_login_at", "login", "at"),
    Index("ix_sign_in_failures_address_at", "address", "at"),
)


class SqlSignInFailures:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, login: str, address: str, *, at: datetime) -> None:
        row = {"id": uuid4(), "login": login, "address": address, "at": at}
        await self._connection.execute(insert(sign_in_failures).values(**row))

    async def count(self, *, login: str | None = None, address: str | None = None, since: datetime) -> int:
        query = select(func.count()).where(sign_in_failures.c.at >= since)
        if login is not None:
            query = query.where(sign_in_failures.c.login == login)
        if address is not None:
            query = query.where(sign_in_failures.c.address == address)
        return (await self._connection.execute(query)).scalar_one()

    async def clear(self, login: str, address: str) -> None:
        await self._connection.execute(
            delete(sign_in_failures).where(
                sign_in_failures.c.login == login, sign_in_failures.c.address == address
            )
        )

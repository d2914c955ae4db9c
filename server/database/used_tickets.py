"""Tickets that were used, until they are over anyway."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Table, Uuid
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.errors import TicketUsed
from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA

used_tickets = Table(
    "used_tickets",
    METADATA,
    Column("jti", Uuid, primary_key=True),
    Column("expires_at", Utc, nullable=False, index=True),
)


class SqlTickets:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def use(self, jti: UUID, expires_at: datetime) -> None:
        first = insert_into(self._connection, used_tickets).values(jti=jti, expires_at=expires_at)
        kept = await self._connection.execute(
            first.on_conflict_do_nothing(index_elements=["jti"]).returning(used_tickets.c.jti)
        )
        if kept.first() is None:
            raise TicketUsed

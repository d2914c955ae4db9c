"""The links of those who are invited to a meeting under way, looked up by a hash of their token."""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, LargeBinary, Table, Text, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import NotFound
from booking.guest_link import InvitedGuest
from identity.secret import kept
from server.database.columns import Utc, appointment_column, id_column
from server.database.links import TOKEN_BYTES
from server.database.metadata import METADATA

guest_links = Table(
    "guest_links",
    METADATA,
    id_column(),
    appointment_column(is_indexed=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("browser", LargeBinary),
)


class SqlGuestLinks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def make(self, guest: InvitedGuest, *, at: datetime) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await self._connection.execute(delete(guest_links).where(guest_links.c.id == guest.id))
        await self._connection.execute(
            insert(guest_links).values(
                id=guest.id,
                appointment_id=guest.appointment_id,
                token_hash=kept(token),
                role=guest.role,
                name=guest.name,
                made_at=at,
            )
        )
        return token

    async def by_token(self, token: str) -> InvitedGuest:
        query = select(guest_links).where(guest_links.c.token_hash == kept(token))
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return InvitedGuest(
            id=row.id,
            appointment_id=row.appointment_id,
            role=row.role,
            name=row.name,
            browser=row.browser,
        )

    async def bind(self, token: str, browser: bytes, *, since: datetime) -> InvitedGuest:
        in_time = guest_links.c.browser.is_(None) & (guest_links.c.made_at > since)
        change = (
            update(guest_links)
            .where(guest_links.c.token_hash == kept(token), in_time | (guest_links.c.browser == browser))
            .values(browser=browser)
        )
        if (await self._connection.execute(change)).rowcount != 1:
            raise NotFound
        return await self.by_token(token)

    async def keep_only(self, appointment_id: UUID, guest_ids: Collection[UUID]) -> None:
        others = guest_links.c.id.not_in(guest_ids)
        own = guest_links.c.appointment_id == appointment_id
        await self._connection.execute(delete(guest_links).where(own, others))

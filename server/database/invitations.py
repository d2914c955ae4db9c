"""Invitations: links that are handed over, looked up by a hash of their token."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, LargeBinary, Row, Select, Table, Text, Uuid, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.errors import InvitationOver, NotFound
from booking.invitation import HandedOver, Invitation
from identity.secret import kept
from server.database.columns import Utc, id_column
from server.database.metadata import METADATA
from server.database.staff import staff
from server.sealing import Sealer

TOKEN_BYTES = 16
MOST_SHOWN = 200

invitations = Table(
    "invitations",
    METADATA,
    id_column(),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("sealed_token", LargeBinary, nullable=False),
    Column("offering_id", Uuid, ForeignKey("offerings.id"), nullable=False),
    Column("adviser_id", Uuid, ForeignKey("staff.id")),
    Column("made_by", Uuid, ForeignKey("staff.id"), nullable=False, index=True),
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("source", Text, nullable=False),
    Column("appointment_id", Uuid, ForeignKey("appointments.id", ondelete="SET NULL"), index=True),
    Column("used_at", Utc),
    Column("revoked_at", Utc),
)


class SqlInvitations:
    """The token is also kept sealed, because a link is copied more than once."""

    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def make(self, invitation: Invitation) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await self._connection.execute(
            insert(invitations).values(
                id=invitation.id,
                token_hash=kept(token),
                sealed_token=self._sealer.seal(token.encode(), purpose=_purpose(invitation.id)),
                offering_id=invitation.offering_id,
                adviser_id=invitation.adviser_id,
                made_by=invitation.made_by,
                made_at=invitation.made_at,
                expires_at=invitation.expires_at,
                source=invitation.source,
            )
        )
        return token

    async def get(self, invitation_id: UUID) -> Invitation:
        return await self._one(select(invitations).where(invitations.c.id == invitation_id))

    async def by_token(self, token: str) -> Invitation:
        return await self._one(select(invitations).where(invitations.c.token_hash == kept(token)))

    async def of_team(self, team_id: UUID) -> list[HandedOver]:
        query = (
            select(invitations)
            .join(staff, staff.c.id == invitations.c.made_by)
            .where(staff.c.team_id == team_id)
            .order_by(invitations.c.made_at.desc(), invitations.c.id)
            .limit(MOST_SHOWN)
        )
        rows = await self._connection.execute(query)
        return [HandedOver(_invitation(row), self._token(row)) for row in rows]

    async def use(self, invitation_id: UUID, appointment_id: UUID, *, at: datetime) -> None:
        used = await self._connection.execute(
            update(invitations)
            .where(
                invitations.c.id == invitation_id,
                invitations.c.used_at.is_(None),
                invitations.c.revoked_at.is_(None),
                invitations.c.expires_at > at,
            )
            .values(used_at=at, appointment_id=appointment_id)
        )
        if not used.rowcount:
            raise InvitationOver((await self.get(invitation_id)).standing(at))

    async def revoke(self, invitation_id: UUID, *, at: datetime) -> None:
        await self._connection.execute(
            update(invitations)
            .where(invitations.c.id == invitation_id, invitations.c.used_at.is_(None))
            .where(invitations.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )

    async def _one(self, query: Select[Any]) -> Invitation:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return _invitation(row)

    def _token(self, row: Row[Any]) -> str:
        return self._sealer.open(row.sealed_token, purpose=_purpose(row.id)).decode()


def _purpose(invitation_id: UUID) -> str:
    return f"invitation {invitation_id}"


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        offering_id=row.offering_id,
        adviser_id=row.adviser_id,
        made_by=row.made_by,
        made_at=row.made_at,
        expires_at=row.expires_at,
        source=row.source,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )

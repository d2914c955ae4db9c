"""The customers' personal links, looked up by a hash of their token."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, LargeBinary, Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import Appointment
from booking.errors import NotFound
from identity.secret import kept
from server.database.appointments_table import appointment_of, appointments
from server.database.columns import Utc, appointment_column
from server.database.metadata import METADATA
from server.database.prepared import Prepared
from server.sealing import Sealer

TOKEN_BYTES = 16

links = Table(
    "links",
    METADATA,
    Column("token_hash", LargeBinary, primary_key=True),
    appointment_column(is_indexed=True),
    Column("sealed_token", LargeBinary, nullable=False),
    Column("revoked_at", Utc),
)

_ADD = Prepared(insert(links))


class SqlLinks:
    """Letters need the token again days later, so it is also kept sealed."""

    def __init__(self, connection: AsyncConnection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    async def make(self, appointment_id: UUID) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await _ADD.add(
            self._connection,
            {
                "token_hash": kept(token),
                "appointment_id": appointment_id,
                "sealed_token": self._sealer.seal(token.encode(), purpose=_purpose(appointment_id)),
            },
        )
        return token

    async def token(self, appointment_id: UUID) -> str:
        query = select(links.c.sealed_token).where(
            links.c.appointment_id == appointment_id, links.c.revoked_at.is_(None)
        )
        sealed = (await self._connection.execute(query.limit(1))).scalar_one_or_none()
        if sealed is None:
            raise NotFound(appointment_id)
        return self._sealer.open(sealed, purpose=_purpose(appointment_id)).decode()

    async def appointment(self, token: str) -> Appointment:
        query = (
            select(appointments)
            .join_from(links, appointments)
            .where(links.c.token_hash == kept(token), links.c.revoked_at.is_(None))
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return appointment_of(row)

    async def revoke(self, appointment_id: UUID, *, at: datetime) -> None:
        """Close all links to an appointment; one that was closed before keeps its moment."""
        await self._connection.execute(
            update(links)
            .where(links.c.appointment_id == appointment_id, links.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )


def _purpose(appointment_id: UUID) -> str:
    return f"link {appointment_id}"

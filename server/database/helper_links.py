"""The links by which a customer lets somebody help, looked up by a hash of their token."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, LargeBinary, Table, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from booking.appointment import Appointment
from booking.errors import NotFound
from identity.secret import kept
from server.database.appointments_table import appointment_of, appointments
from server.database.columns import Utc, appointment_column
from server.database.insert import insert_into
from server.database.links import TOKEN_BYTES, links
from server.database.metadata import METADATA

helper_links = Table(
    "helper_links",
    METADATA,
    appointment_column(is_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("made_at", Utc, nullable=False),
)


class SqlHelperLinks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def make(self, appointment_id: UUID, *, at: datetime) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        values = {"token_hash": kept(token), "made_at": at}
        await self._connection.execute(
            insert_into(self._connection, helper_links)
            .values(appointment_id=appointment_id, **values)
            .on_conflict_do_update(index_elements=["appointment_id"], set_=values)
        )
        return token

    async def appointment(self, token: str) -> Appointment:
        own = exists().where(links.c.appointment_id == appointments.c.id, links.c.revoked_at.is_(None))
        query = (
            select(appointments)
            .join_from(helper_links, appointments)
            .where(helper_links.c.token_hash == kept(token), own)
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return appointment_of(row)

    async def made_at(self, appointment_id: UUID) -> datetime | None:
        query = select(helper_links.c.made_at).where(helper_links.c.appointment_id == appointment_id)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def remove(self, appointment_id: UUID) -> None:
        own = helper_links.c.appointment_id == appointment_id
        await self._connection.execute(delete(helper_links).where(own))

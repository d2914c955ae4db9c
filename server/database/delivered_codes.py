"""Codes that were delivered to customers, one an appointment, as keyed digests."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Uuid, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.delivered_code import DeliveredCode
from server.database.columns import Utc, appointment_column
from server.database.insert import insert_into
from server.database.metadata import METADATA

delivered_codes = Table(
    "delivered_codes",
    METADATA,
    appointment_column(is_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("made_by", Uuid, ForeignKey("staff.id"), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("used_at", Utc),
)


class SqlDeliveredCodes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, code: DeliveredCode) -> None:
        values = {
            "appointment_id": code.appointment_id,
            "digest": code.digest,
            "made_by": code.made_by,
            "made_at": code.made_at,
            "expires_at": code.expires_at,
            "tries": code.tries,
            "used_at": code.used_at,
        }
        statement = insert_into(self._connection, delivered_codes).values(values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["appointment_id"], set_=values)
        )

    async def find(self, appointment_id: UUID) -> DeliveredCode | None:
        query = select(delivered_codes).where(delivered_codes.c.appointment_id == appointment_id)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else DeliveredCode(**row._mapping)

    async def count_try(self, appointment_id: UUID, *, most: int, now: datetime) -> DeliveredCode | None:
        tried = await self._connection.execute(
            update(delivered_codes)
            .where(
                delivered_codes.c.appointment_id == appointment_id,
                delivered_codes.c.used_at.is_(None),
                delivered_codes.c.tries < most,
                delivered_codes.c.expires_at > now,
            )
            .values(tries=delivered_codes.c.tries + 1)
            .returning(*delivered_codes.c)
        )
        row = tried.one_or_none()
        return None if row is None else DeliveredCode(**row._mapping)

    async def use(self, appointment_id: UUID, *, now: datetime) -> None:
        await self._connection.execute(
            update(delivered_codes)
            .where(delivered_codes.c.appointment_id == appointment_id)
            .values(used_at=now)
        )

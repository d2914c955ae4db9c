"""Trips of the staff to the organisation's issuer, and who is who there."""

from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    delete,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.errors import NotOnStaff
from identity.staff_issuer.trip import StaffTrip
from server.database.columns import Utc
from server.database.insert import insert_into
from server.database.metadata import METADATA

staff_trips = Table(
    "staff_trips",
    METADATA,
    Column("state_hash", LargeBinary, primary_key=True),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("browser_hash", LargeBinary, nullable=False),
    Column("onward", Text, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
)
staff_subjects = Table(
    "staff_subjects",
    METADATA,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("staff_id", Uuid, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    UniqueConstraint("staff_id", "issuer"),
)


class SqlStaffTrips:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, trip: StaffTrip) -> None:
        await self._connection.execute(
            insert(staff_trips).values(
                state_hash=trip.state_hash,
                nonce=trip.nonce,
                verifier=trip.verifier,
                browser_hash=trip.browser_hash,
                onward=trip.onward,
                expires_at=trip.expires_at,
            )
        )

    async def use(self, state_hash: bytes) -> StaffTrip | None:
        using = delete(staff_trips).where(staff_trips.c.state_hash == state_hash)
        row = (await self._connection.execute(using.returning(*staff_trips.c))).one_or_none()
        return None if row is None else StaffTrip(**row._mapping)

    async def member_of(self, issuer: str, subject: str) -> UUID | None:
        table = staff_subjects.c
        query = select(table.staff_id).where(table.issuer == issuer, table.subject == subject)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def bind(self, issuer: str, subject: str, staff_id: UUID) -> None:
        binding = insert_into(self._connection, staff_subjects).values(
            issuer=issuer, subject=subject, staff_id=staff_id
        )
        if not (await self._connection.execute(binding.on_conflict_do_nothing())).rowcount:
            raise NotOnStaff

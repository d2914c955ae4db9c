"""Who was identified for which appointment; the first one binds it to one person."""

from hmac import compare_digest
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.assurance import Assurance
from identity.errors import AnotherPerson, NotFound
from identity.identification import Identification
from identity.login_attempt import Purpose
from server.database.columns import Utc, appointment_column, id_column
from server.database.insert import insert_into
from server.database.metadata import METADATA
from server.database.persons_table import persons

bindings = Table(
    "bindings",
    METADATA,
    appointment_column(is_key=True),
    Column("subject_key", LargeBinary, nullable=False, index=True),
    UniqueConstraint("appointment_id", "subject_key"),
)

identifications = Table(
    "identifications",
    METADATA,
    id_column(),
    Column("appointment_id", Uuid, nullable=False, index=True),
    Column("subject_key", LargeBinary),
    Column("provider", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("assurance", Text, nullable=False),
    Column("given_name", Text, nullable=False),
    Column("family_name", Text, nullable=False),
    Column("at", Utc, nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("fingerprint", LargeBinary),
    Column("person_id", Uuid, ForeignKey(persons.c.id), index=True),
    Column("instead_of", Text),
    # The last word on whom an appointment belongs to: no row can name another person than the binding.
    ForeignKeyConstraint(
        ["appointment_id", "subject_key"],
        ["bindings.appointment_id", "bindings.subject_key"],
        name="fk_identifications_bindings",
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
)


class SqlIdentifications:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, identification: Identification) -> None:
        if identification.subject_key is not None:
            await self._bind(identification.appointment_id, identification.subject_key)
        await self._connection.execute(
            insert(identifications).values(
                id=identification.id,
                appointment_id=identification.appointment_id,
                subject_key=identification.subject_key,
                provider=identification.provider,
                method=identification.method,
                assurance=identification.assurance.word,
                given_name=identification.given_name,
                family_name=identification.family_name,
                at=identification.at,
                purpose=identification.purpose.value,
                fingerprint=identification.fingerprint,
                person_id=identification.person_id,
                instead_of=identification.instead_of.word if identification.instead_of else None,
            )
        )

    async def get(self, identification_id: UUID) -> Identification:
        query = select(identifications).where(identifications.c.id == identification_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound(identification_id)
        return _identification(row)

    async def at_booking(self, appointment_id: UUID) -> Identification | None:
        theirs = (
            identifications.c.appointment_id == appointment_id,
            identifications.c.purpose == Purpose.BOOKING.value,
        )
        query = select(identifications).where(*theirs).order_by(identifications.c.at.desc()).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _identification(row)

    async def bound_key(self, appointment_id: UUID) -> bytes | None:
        query = select(bindings.c.subject_key).where(bindings.c.appointment_id == appointment_id)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def newest_of(self, appointment_id: UUID) -> Identification | None:
        theirs = select(identifications).where(identifications.c.appointment_id == appointment_id)
        newest = theirs.order_by(identifications.c.at.desc(), identifications.c.id).limit(1)
        row = (await self._connection.execute(newest)).one_or_none()
        return None if row is None else _identification(row)

    async def _bind(self, appointment_id: UUID, subject_key: bytes) -> None:
        """Bind, or wait for whoever is binding just now and compare with theirs."""
        binding = insert_into(self._connection, bindings).values(
            appointment_id=appointment_id, subject_key=subject_key
        )
        await self._connection.execute(binding.on_conflict_do_nothing(index_elements=["appointment_id"]))
        bound = await self.bound_key(appointment_id)
        if bound is None or not compare_digest(bound, subject_key):
            raise AnotherPerson


def _identification(row: Row[Any]) -> Identification:
    return Identification(
        id=row.id,
        appointment_id=row.appointment_id,
        provider=row.provider,
        method=row.method,
        assurance=Assurance.of(row.assurance),
        subject_key=row.subject_key,
        given_name=row.given_name,
        family_name=row.family_name,
        at=row.at,
        purpose=Purpose(row.purpose),
        fingerprint=row.fingerprint,
        person_id=row.person_id,
        instead_of=Assurance.of(row.instead_of) if row.instead_of else None,
    )

"""Customers who were identified: under the key that recognises them, their personal code sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from identity.errors import NotFound
from identity.person import Person
from identity.personal_code import PersonalCode
from server.database.insert import insert_into
from server.database.persons_table import persons
from server.vault import Vault


class SqlPersons:
    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def keys_of(self, code: PersonalCode) -> Sequence[bytes]:
        return self._vault.subject_keys(code)

    async def met(self, code: PersonalCode, *, given_name: str, family_name: str, at: datetime) -> Person:
        """Two browsers may bring somebody for the first time at once: whoever comes second finds them."""
        keys = self._vault.subject_keys(code)
        found = await self._known(keys)
        if found is None:
            await self._add(code, keys[0], given_name, family_name, at)
            found = await self._known(keys)
        assert found is not None
        names = {"given_name": given_name, "family_name": family_name, "last_identified_at": at}
        await self._connection.execute(update(persons).where(persons.c.id == found).values(names))
        return await self.get(found)

    async def get(self, person_id: UUID) -> Person:
        row = await self._row(person_id)
        return Person(
            id=row.id,
            subject_key=row.subject_key,
            given_name=row.given_name,
            family_name=row.family_name,
            since=row.since,
            last_identified_at=row.last_identified_at,
        )

    async def code(self, person_id: UUID) -> PersonalCode:
        return self._vault.open((await self._row(person_id)).sealed_code, person_id)

    async def _row(self, person_id: UUID) -> Row[Any]:
        row = (await self._connection.execute(select(persons).where(persons.c.id == person_id))).one_or_none()
        if row is None:
            raise NotFound(person_id)
        return row

    async def _known(self, keys: Sequence[bytes]) -> UUID | None:
        query = select(persons.c.id).where(persons.c.subject_key.in_(keys))
        return (
            (await self._connection.execute(query.order_by(persons.c.key_version.desc()))).scalars().first()
        )

    async def _add(
        self, code: PersonalCode, key: bytes, given_name: str, family_name: str, at: datetime
    ) -> None:
        person_id = uuid4()
        sealed = self._vault.seal(code, person_id)
        made = insert_into(self._connection, persons).values(
            id=person_id,
            subject_key=key,
            sealed_code=sealed,
            key_version=min(key[0], sealed[0]),
            given_name=given_name,
            family_name=family_name,
            since=at,
            last_identified_at=at,
        )
        await self._connection.execute(made.on_conflict_do_nothing(index_elements=["subject_key"]))

"""Bring people over to the newest key: a batch at a time, each whole or not at all."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, Row, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.database.identifications import bindings, identifications
from server.database.persons_table import persons
from server.vault import Vault


class SqlPersonReseal:
    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def batch(self, most: int) -> int:
        """Give so many people a new key and a new seal, wherever their old key stands; return how many.

        None are left when it returns 0. What was begun and not committed is as if it had not begun.
        """
        query = select(persons).where(persons.c.key_version < self._vault.keys.newest)
        rows = await self._connection.execute(query.order_by(persons.c.id).limit(most).with_for_update())
        found = rows.all()
        for row in found:
            await self._anew(row)
        return len(found)

    async def uses(self) -> Mapping[int, int]:
        """Count how many rows each key's number stands in."""
        counts: dict[int, int] = {}
        first = func.substr(bindings.c.subject_key, 1, 1, type_=LargeBinary)
        for query in (
            select(persons.c.key_version, func.count()).group_by(persons.c.key_version),
            select(first, func.count()).group_by(first),
        ):
            for version, number in await self._connection.execute(query):
                version = version if isinstance(version, int) else version[0]
                counts[version] = counts.get(version, 0) + number
        return counts

    async def _anew(self, row: Row[Any]) -> None:
        code = self._vault.open(row.sealed_code, row.id)
        newest, *older = self._vault.subject_keys(code)
        twin = await self._twin(newest, row.id)
        if twin is None:
            sealed = self._vault.seal(code, row.id)
            anew = {"subject_key": newest, "sealed_code": sealed, "key_version": newest[0]}
            await self._connection.execute(update(persons).where(persons.c.id == row.id).values(anew))
        else:
            await self._merge(row, twin)
        # Identifications follow their bindings.
        rehashed = update(bindings).where(bindings.c.subject_key.in_(older))
        await self._connection.execute(rehashed.values(subject_key=literal(newest, LargeBinary)))

    async def _twin(self, key: bytes, person_id: UUID) -> UUID | None:
        """Return who was made under the new key by a machine that did not see the old row, if anybody."""
        query = select(persons.c.id).where(persons.c.subject_key == key, persons.c.id != person_id)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def _merge(self, row: Row[Any], into: UUID) -> None:
        theirs = update(identifications).where(identifications.c.person_id == row.id)
        await self._connection.execute(theirs.values(person_id=into))
        await self._connection.execute(delete(persons).where(persons.c.id == row.id))
        older = update(persons).where(persons.c.id == into, persons.c.since > row.since)
        await self._connection.execute(older.values(since=row.since))

"""Customers' passkeys in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from identity.customer_passkey import CustomerPasskey
from identity.errors import PasskeyRefused


class MemoryCustomerPasskeys:
    """Keeps them in a table that it is handed."""

    def __init__(self, table: dict[bytes, CustomerPasskey]) -> None:
        self._table = table

    async def add(self, passkey: CustomerPasskey) -> None:
        if passkey.id in self._table:
            raise PasskeyRefused
        self._table[passkey.id] = passkey

    async def find(self, passkey_id: bytes) -> CustomerPasskey | None:
        return self._table.get(passkey_id)

    async def of(self, person_id: UUID, *, now: datetime) -> list[CustomerPasskey]:
        mine = [one for one in self._table.values() if one.person_id == person_id and one.expires_at > now]
        return sorted(mine, key=lambda one: one.made_at)

    async def used(self, passkey_id: bytes, *, sign_count: int, expires_at: datetime) -> None:
        known = self._table[passkey_id]
        self._table[passkey_id] = replace(known, sign_count=sign_count, expires_at=expires_at)

    async def remove(self, person_id: UUID, passkey_id: bytes) -> None:
        known = self._table.get(passkey_id)
        if known is not None and known.person_id == person_id:
            del self._table[passkey_id]

"""Delivered codes in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from identity.delivered_code import DeliveredCode


class MemoryDeliveredCodes:
    """Keeps the one code of each appointment, in a table that it is handed."""

    def __init__(self, table: dict[UUID, DeliveredCode]) -> None:
        self._table = table

    async def put(self, code: DeliveredCode) -> None:
        self._table[code.appointment_id] = code

    async def find(self, appointment_id: UUID) -> DeliveredCode | None:
        return self._table.get(appointment_id)

    async def count_try(self, appointment_id: UUID, *, most: int, now: datetime) -> DeliveredCode | None:
        known = self._table.get(appointment_id)
        if known is None or known.used_at is not None or known.tries >= most or now >= known.expires_at:
            return None
        self._table[appointment_id] = tried = replace(known, tries=known.tries + 1)
        return tried

    async def use(self, appointment_id: UUID, *, now: datetime) -> None:
        self._table[appointment_id] = replace(self._table[appointment_id], used_at=now)

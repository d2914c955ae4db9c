"""Who is coming in, and the links of those who help them, in memory."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.appointment import Appointment
from booking.approach import Approach
from booking.errors import NotFound
from identity.secret import kept
from tests.memory.state import State


class MemoryApproaches:
    def __init__(self, state: State) -> None:
        self._state = state

    async def of(self, appointment_ids: Collection[UUID]) -> Mapping[UUID, Approach]:
        return {one: row for one, row in self._state.approaches.items() if one in appointment_ids}

    async def keep(self, approach: Approach) -> None:
        before = self._state.approaches.get(approach.appointment_id)
        told = {"said": before.said, "help": before.help} if before else {"said": None, "help": None}
        self._state.approaches[approach.appointment_id] = replace(approach, **told)

    async def tell(
        self, appointment_id: UUID, *, said: Mapping[str, Any] | None = None, help: str | None
    ) -> None:
        row = self._state.approaches.get(appointment_id)
        if row is not None:
            self._state.approaches[appointment_id] = replace(row, said=said or row.said, help=help)


class MemoryHelperLinks:
    def __init__(self, state: State) -> None:
        self._state = state

    async def make(self, appointment_id: UUID, *, at: datetime) -> str:
        token = secrets.token_urlsafe(16)
        self._state.helper_links[appointment_id] = (kept(token), at)
        return token

    async def appointment(self, token: str) -> Appointment:
        for one, (token_hash, _) in self._state.helper_links.items():
            if token_hash == kept(token) and self._has_own_link(one):
                return self._state.appointments[one]
        raise NotFound

    async def made_at(self, appointment_id: UUID) -> datetime | None:
        return self._state.helper_links.get(appointment_id, (b"", None))[1]

    async def remove(self, appointment_id: UUID) -> None:
        if appointment_id in self._state.helper_links:
            del self._state.helper_links[appointment_id]

    def _has_own_link(self, appointment_id: UUID) -> bool:
        links = self._state.links.values()
        return any(one.appointment_id == appointment_id and not one.is_revoked for one in links)

"""The links of those who are invited to a meeting, in memory."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.errors import NotFound
from booking.guest_link import InvitedGuest
from tests.memory.state import State


class MemoryGuestLinks:
    def __init__(self, state: State) -> None:
        self._rows, self._made_at = state.guest_links, state.guest_links_made_at

    async def make(self, guest: InvitedGuest, *, at: datetime) -> str:
        await self._forget(lambda one: one.id == guest.id)
        token = secrets.token_urlsafe(16)
        self._rows[token] = guest
        self._made_at[token] = at
        return token

    async def by_token(self, token: str) -> InvitedGuest:
        if token not in self._rows:
            raise NotFound
        return self._rows[token]

    async def bind(self, token: str, browser: bytes, *, since: datetime) -> InvitedGuest:
        found = await self.by_token(token)
        if found.browser != browser and (found.browser is not None or self._made_at[token] <= since):
            raise NotFound
        self._rows[token] = replace(found, browser=browser)
        return self._rows[token]

    async def keep_only(self, appointment_id: UUID, guest_ids: Collection[UUID]) -> None:
        await self._forget(lambda one: one.appointment_id == appointment_id and one.id not in guest_ids)

    async def _forget(self, is_over: Callable[[InvitedGuest], bool]) -> None:
        for token, one in list(self._rows.items()):
            if is_over(one):
                del self._rows[token]

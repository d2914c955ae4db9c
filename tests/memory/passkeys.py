"""Passkeys of the staff and their challenges, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from identity.errors import PasskeyRefused
from identity.passkey import Passkey, PasskeyChallenge
from tests.memory.state import State


class MemoryPasskeys:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, passkey: Passkey) -> None:
        if passkey.id in self._state.passkeys:
            raise PasskeyRefused
        self._state.passkeys[passkey.id] = passkey

    async def find(self, passkey_id: bytes) -> Passkey | None:
        return self._state.passkeys.get(passkey_id)

    async def of(self, staff_id: UUID) -> Sequence[Passkey]:
        mine = [one for one in self._state.passkeys.values() if one.staff_id == staff_id]
        return sorted(mine, key=lambda one: one.made_at)

    async def used(self, passkey_id: bytes, *, sign_count: int, at: datetime) -> None:
        found = self._state.passkeys[passkey_id]
        self._state.passkeys[passkey_id] = replace(found, sign_count=sign_count, last_used_at=at)

    async def remove(self, staff_id: UUID, passkey_id: bytes) -> None:
        if passkey_id in [one.id for one in await self.of(staff_id)]:
            del self._state.passkeys[passkey_id]

    async def remove_all_of(self, staff_id: UUID) -> None:
        for passkey in await self.of(staff_id):
            del self._state.passkeys[passkey.id]

    async def add_challenge(self, challenge: PasskeyChallenge) -> None:
        self._state.passkey_challenges[challenge.token_hash] = challenge

    async def use_challenge(self, token_hash: bytes) -> PasskeyChallenge | None:
        found = self._state.passkey_challenges.get(token_hash)
        if found is not None:
            del self._state.passkey_challenges[token_hash]
        return found

"""Authenticator apps, recovery codes, half sign-ins and the link for the first admin, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from identity.half_sign_in import HalfSignIn
from identity.one_time_code import Authenticator
from tests.memory.state import State


class MemorySecondFactors:
    def __init__(self, state: State) -> None:
        self._state = state

    async def find(self, staff_id: UUID) -> Authenticator | None:
        return self._state.authenticators.get((staff_id, True))

    async def proposed(self, staff_id: UUID) -> Authenticator | None:
        return self._state.authenticators.get((staff_id, False))

    async def propose(self, authenticator: Authenticator) -> None:
        self._state.authenticators[authenticator.staff_id, False] = authenticator

    async def confirm(self, staff_id: UUID, step: int) -> None:
        proposed = self._state.authenticators[staff_id, False]
        del self._state.authenticators[staff_id, False]
        self._state.authenticators[staff_id, True] = replace(proposed, last_step=step)

    async def take_step(self, staff_id: UUID, step: int) -> bool:
        found = await self.find(staff_id)
        if found is None or found.last_step >= step:
            return False
        self._state.authenticators[staff_id, True] = replace(found, last_step=step)
        return True

    async def put_recovery_codes(self, staff_id: UUID, hashes: Sequence[bytes]) -> None:
        self._forget_codes(staff_id)
        for one in hashes:
            self._state.recovery_codes[one] = staff_id

    async def use_recovery_code(self, staff_id: UUID, code_hash: bytes) -> bool:
        if self._state.recovery_codes.get(code_hash) != staff_id:
            return False
        del self._state.recovery_codes[code_hash]
        return True

    async def recovery_codes_left(self, staff_id: UUID) -> int:
        return sum(whose == staff_id for whose in self._state.recovery_codes.values())

    async def remove_all_of(self, staff_id: UUID) -> None:
        for key in [one for one in self._state.authenticators if one[0] == staff_id]:
            del self._state.authenticators[key]
        self._forget_codes(staff_id)

    def _forget_codes(self, staff_id: UUID) -> None:
        for one in [key for key, whose in self._state.recovery_codes.items() if whose == staff_id]:
            del self._state.recovery_codes[one]


class MemoryHalfSignIns:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, half: HalfSignIn) -> None:
        self._state.half_sign_ins[half.token_hash] = half

    async def find(self, token_hash: bytes) -> HalfSignIn | None:
        return self._state.half_sign_ins.get(token_hash)

    async def remove(self, token_hash: bytes) -> None:
        if token_hash in self._state.half_sign_ins:
            del self._state.half_sign_ins[token_hash]


class MemorySetUpLinks:
    def __init__(self, state: State) -> None:
        self._state = state

    async def put(self, token_hash: bytes, *, expires_at: datetime) -> None:
        for known in list(self._state.set_up_links):
            del self._state.set_up_links[known]
        self._state.set_up_links[token_hash] = expires_at

    async def expires_at(self, token_hash: bytes) -> datetime | None:
        return self._state.set_up_links.get(token_hash)

    async def use(self, token_hash: bytes) -> bool:
        if token_hash not in self._state.set_up_links:
            return False
        del self._state.set_up_links[token_hash]
        return True

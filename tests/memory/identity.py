"""Sessions, attempts, identifications and tickets, in memory."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from identity.door_session import DoorSession
from identity.errors import AnotherPerson, AttemptUnknown, NotFound, TicketUsed
from identity.identification import Identification
from identity.login_attempt import LoginAttempt, Purpose
from identity.prompt import Prompted
from identity.session import StaffSession
from tests.memory.state import State


class MemoryStaffSessions:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, session: StaffSession) -> None:
        self._state.staff_sessions[session.token_hash] = session

    async def find(self, token_hash: bytes) -> StaffSession | None:
        return self._state.staff_sessions.get(token_hash)

    async def of(self, staff_id: UUID, *, now: datetime) -> list[StaffSession]:
        mine = [one for one in self._state.staff_sessions.values() if one.staff_id == staff_id]
        alive = [one for one in mine if one.is_alive(now=now)]
        return sorted(alive, key=lambda one: (-one.last_seen_at.timestamp(), one.token_hash))

    async def living(self, token_hashes: Collection[bytes], *, now: datetime) -> set[bytes]:
        found = [one for one in self._state.staff_sessions.values() if one.token_hash in token_hashes]
        alive = [one for one in found if one.is_alive(now=now)]
        return {one.token_hash for one in alive if self._state.staff[one.staff_id].member.is_active}

    async def touch(self, session: StaffSession) -> None:
        if session.token_hash in self._state.staff_sessions:
            self._state.staff_sessions[session.token_hash] = session

    async def remove(self, token_hash: bytes) -> None:
        if token_hash in self._state.staff_sessions:
            del self._state.staff_sessions[token_hash]

    async def remove_all_of(self, staff_id: UUID) -> None:
        for token_hash, session in list(self._state.staff_sessions.items()):
            if session.staff_id == staff_id:
                del self._state.staff_sessions[token_hash]


class MemoryDoorSessions:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, session: DoorSession) -> None:
        self._state.door_sessions[session.token_hash] = session

    async def find(self, token_hash: bytes) -> DoorSession | None:
        return self._state.door_sessions.get(token_hash)

    async def remove(self, token_hash: bytes) -> None:
        if token_hash in self._state.door_sessions:
            del self._state.door_sessions[token_hash]


class MemoryLoginAttempts:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, attempt: LoginAttempt) -> None:
        self._state.login_attempts[attempt.state] = (attempt, False)

    async def use(self, state: str, *, now: datetime) -> LoginAttempt:
        del now
        attempt, was_used = self._state.login_attempts.get(state, (None, True))
        if attempt is None or was_used:
            raise AttemptUnknown
        self._state.login_attempts[state] = (attempt, True)
        return attempt


class MemoryPrompts:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, waiting: Prompted) -> None:
        self._state.prompts[waiting.attempt.browser_hash] = waiting

    async def find(self, browser_hash: bytes) -> Prompted:
        waiting = self._state.prompts.get(browser_hash)
        if waiting is None or self._state.login_attempts.get(waiting.attempt.state, (None, True))[1]:
            raise AttemptUnknown
        return waiting

    async def take_turn(self, browser_hash: bytes, *, now: datetime, until: datetime) -> bool:
        waiting = self._state.prompts.get(browser_hash)
        if waiting is None or now < waiting.prompt.ask_again_at:
            return False
        await self.put_off(browser_hash, until=until, missed=waiting.missed)
        return True

    async def put_off(self, browser_hash: bytes, *, until: datetime, missed: int) -> None:
        waiting = self._state.prompts.get(browser_hash)
        if waiting is not None:
            prompt = replace(waiting.prompt, ask_again_at=until)
            self._state.prompts[browser_hash] = replace(waiting, prompt=prompt, missed=missed)

    async def remove(self, browser_hash: bytes) -> None:
        if browser_hash in self._state.prompts:
            del self._state.prompts[browser_hash]


class MemoryIdentifications:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, identification: Identification) -> None:
        if identification.subject_key is not None:
            bound = self._state.bindings.get(identification.appointment_id, identification.subject_key)
            if not compare_digest(bound, identification.subject_key):
                raise AnotherPerson
            self._state.bindings[identification.appointment_id] = bound
        self._state.identifications[identification.id] = identification

    async def get(self, identification_id: UUID) -> Identification:
        if identification_id not in self._state.identifications:
            raise NotFound(identification_id)
        return self._state.identifications[identification_id]

    async def at_booking(self, appointment_id: UUID) -> Identification | None:
        found = (
            each
            for each in self._state.identifications.values()
            if each.appointment_id == appointment_id and each.purpose is Purpose.BOOKING
        )
        return max(found, key=lambda each: each.at, default=None)

    async def bound_key(self, appointment_id: UUID) -> bytes | None:
        return self._state.bindings.get(appointment_id)

    async def newest_of(self, appointment_id: UUID) -> Identification | None:
        found = [one for one in self._state.identifications.values() if one.appointment_id == appointment_id]
        return max(found, key=lambda one: one.at, default=None)


class MemoryTickets:
    def __init__(self, state: State) -> None:
        self._state = state

    async def use(self, jti: UUID, expires_at: datetime) -> None:
        if jti in self._state.tickets:
            raise TicketUsed
        self._state.tickets[jti] = expires_at


class MemorySignInFailures:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, login: str, address: str, *, at: datetime) -> None:
        self._state.sign_in_failures[max(self._state.sign_in_failures, default=0) + 1] = (login, address, at)

    async def count(self, *, login: str | None = None, address: str | None = None, since: datetime) -> int:
        return sum(
            login in (None, whose) and address in (None, where) and at >= since
            for whose, where, at in self._state.sign_in_failures.values()
        )

    async def clear(self, login: str, address: str) -> None:
        for number, (whose, where, _) in list(self._state.sign_in_failures.items()):
            if (whose, where) == (login, address):
                del self._state.sign_in_failures[number]

"""What the API and the background work keep, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.invitation import Invitation
from booking.lost_link import WINDOW
from server.database.api_keys import ApiKey
from server.database.idempotency import ABANDONED, KEPT, KeptCall
from server.database.leftovers import (
    CHANGES_KEPT,
    FAILURES_KEPT,
    HOLDS_KEPT,
    INVITATIONS_KEPT,
    LETTERS_KEPT,
    MESSAGES_KEPT,
    NOTICES_KEPT,
    PERSONS_KEPT,
)
from tests.memory.calendar import free_cells
from tests.memory.persons import forget_persons
from tests.memory.state import State


class MemoryApiKeys:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, key: ApiKey) -> None:
        self._state.api_keys[key.key_hash] = key

    async def find(self, key_hash: bytes) -> ApiKey | None:
        key = self._state.api_keys.get(key_hash)
        return None if key is None or key.revoked_at else key

    async def all(self) -> Sequence[ApiKey]:
        return sorted(self._state.api_keys.values(), key=lambda one: (one.created_at, str(one.id)))

    async def revoke(self, key_id: UUID, *, at: datetime) -> None:
        for key in [one for one in await self.all() if one.id == key_id and not one.revoked_at]:
            self._state.api_keys[key.key_hash] = replace(key, revoked_at=at)


class MemoryIdempotency:
    def __init__(self, state: State) -> None:
        self._state = state

    async def begin(
        self, api_key_id: UUID, key_hash: bytes, body_hash: bytes, *, now: datetime
    ) -> KeptCall | None:
        kept = await self.get(api_key_id, key_hash)
        if kept and now - kept.at < (ABANDONED if kept.status is None else KEPT):
            return kept
        self._state.calls[api_key_id, key_hash] = KeptCall(body_hash=body_hash, at=now)
        return None

    async def get(self, api_key_id: UUID, key_hash: bytes) -> KeptCall | None:
        return self._state.calls.get((api_key_id, key_hash))

    async def finish(self, api_key_id: UUID, key_hash: bytes, *, status: int, answer: str) -> None:
        kept = self._state.calls[api_key_id, key_hash]
        self._state.calls[api_key_id, key_hash] = replace(kept, status=status, answer=answer)

    async def forget(self, api_key_id: UUID, key_hash: bytes) -> None:
        if (api_key_id, key_hash) in self._state.calls:
            del self._state.calls[api_key_id, key_hash]


class MemoryHeartbeats:
    def __init__(self, state: State) -> None:
        self._state = state

    async def beat(self, worker: str, *, at: datetime) -> None:
        self._state.heartbeats[worker] = at

    async def ages(self, *, now: datetime) -> Mapping[str, timedelta]:
        return {worker: now - at for worker, at in self._state.heartbeats.items()}


class MemoryLeftovers:
    def __init__(self, state: State) -> None:
        self._state = state

    async def sweep(
        self,
        *,
        now: datetime,
        invitations_kept: timedelta = INVITATIONS_KEPT,
        persons_kept: timedelta = PERSONS_KEPT,
    ) -> None:
        state = self._state
        state.invitations = {
            k: one
            for k, one in state.invitations.items()
            if _ended_at(one.invitation) > now - invitations_kept
        }
        state.staff_sessions = {k: one for k, one in state.staff_sessions.items() if one.expires_at > now}
        state.door_sessions = {k: one for k, one in state.door_sessions.items() if one.expires_at > now}
        state.half_sign_ins = {k: one for k, one in state.half_sign_ins.items() if one.expires_at > now}
        state.staff_trips = {k: one for k, one in state.staff_trips.items() if one.expires_at > now}
        waiting = state.passkey_challenges.items()
        state.passkey_challenges = {k: one for k, one in waiting if one.expires_at > now}
        state.set_up_links = {k: until for k, until in state.set_up_links.items() if until > now}
        state.login_attempts = {k: one for k, one in state.login_attempts.items() if one[0].expires_at > now}
        state.prompts = {
            k: one for k, one in state.prompts.items() if one.attempt.state in state.login_attempts
        }
        for gone in [k for k, one in state.customer_passkeys.items() if one.expires_at <= now]:
            del state.customer_passkeys[gone]
        for key in [k for k, one in state.delivered_codes.items() if one.expires_at <= now]:
            del state.delivered_codes[key]
        state.tickets = {jti: expires_at for jti, expires_at in state.tickets.items() if expires_at > now}
        for hold in [one for one in state.holds.values() if one.until <= now - HOLDS_KEPT]:
            free_cells(state, hold.id)
            del state.holds[hold.id]
        wishes = state.link_requests.items()
        state.link_requests = {
            k: one for k, one in wishes if not one.handled_at or one.request.at > now - WINDOW
        }
        state.calls = {k: one for k, one in state.calls.items() if now - one.at < KEPT}
        live = {k for k, one in state.appointments.items() if one.is_live}
        state.meetings = {k: one for k, one in state.meetings.items() if k in live}
        state.waiting = {k: one for k, one in state.waiting.items() if k in live}
        state.guest_links = {k: one for k, one in state.guest_links.items() if one.appointment_id in live}
        state.colleague_calls = {k: one for k, one in state.colleague_calls.items() if k in live}
        state.approaches = {k: one for k, one in state.approaches.items() if k in live}
        state.helper_links = {k: one for k, one in state.helper_links.items() if k in live}
        failures = state.sign_in_failures.items()
        state.sign_in_failures = {k: one for k, one in failures if now - one[2] < FAILURES_KEPT}
        state.messages = {
            k: one
            for k, one in state.messages.items()
            if one.appointment_id in live or now - one.at < MESSAGES_KEPT
        }
        changes = state.changes.items()
        state.changes = {k: one for k, one in changes if now - one.at < CHANGES_KEPT}
        notices = state.notices.items()
        state.notices = {k: one for k, one in notices if now - one.notice.at < NOTICES_KEPT}
        letters = state.outbox.items()
        state.outbox = {k: one for k, one in letters if now - one.letter.put_at < LETTERS_KEPT}
        forget_persons(state, until=now - persons_kept)


def _ended_at(one: Invitation) -> datetime:
    return one.used_at or one.revoked_at or one.expires_at

"""What the API asks of the unit of work: keys, and the answers that were given before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID


class ApiKey(Protocol):
    """What a key may do; the key itself stands nowhere."""

    @property
    def id(self) -> UUID: ...
    @property
    def scopes(self) -> Sequence[str]: ...
    @property
    def name(self) -> str: ...


class ApiKeys(Protocol):
    async def find(self, key_hash: bytes) -> ApiKey | None:
        """Return the key with a SHA-256, unless it was revoked."""
        ...

    async def all(self) -> Sequence[ApiKey]:
        """Return all, also the revoked ones."""
        ...


class KeptCall(Protocol):
    """A call that came before with the same Idempotency-Key; without a status it is still under way."""

    @property
    def body_hash(self) -> bytes: ...
    @property
    def status(self) -> int | None: ...
    @property
    def answer(self) -> str | None: ...


class Idempotency(Protocol):
    async def begin(
        self, api_key_id: UUID, key_hash: bytes, body_hash: bytes, *, now: datetime
    ) -> KeptCall | None:
        """Begin a call and return None, or return the one that came before with the same key."""
        ...

    async def finish(self, api_key_id: UUID, key_hash: bytes, *, status: int, answer: str) -> None:
        """Keep the answer that every later call with the key gets."""
        ...

    async def forget(self, api_key_id: UUID, key_hash: bytes) -> None:
        """Let the key be used anew, after a fault of ours."""
        ...


class ApiUnit(Protocol):
    """The part of a unit of work that the API uses besides the rooms'."""

    @property
    def api_keys(self) -> ApiKeys: ...
    @property
    def idempotency(self) -> Idempotency: ...

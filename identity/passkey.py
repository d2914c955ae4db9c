"""Passkeys of the staff (WebAuthn): a key that a device keeps, and opens by finger, face or PIN."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

CHALLENGE_LASTS = timedelta(minutes=5)
MOST = 10
"""So many passkeys may one member have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A public key, under the id that its authenticator gave it."""

    id: bytes
    staff_id: UUID
    public_key: bytes
    sign_count: int
    name: str
    made_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyChallenge:
    """What one browser is to sign, once; kept under the hash of a cookie.

    `staff_id` is who enrols a passkey; at a sign-in nobody is known yet.
    """

    token_hash: bytes
    challenge: bytes
    staff_id: UUID | None
    expires_at: datetime


class Holder(Protocol):
    """Whose passkey it is to be: the id becomes its user handle, the names are what the device shows."""

    @property
    def id(self) -> UUID: ...
    @property
    def login(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Where passkeys are for: a host's name, and the one origin from which they are asked."""

    id: str
    origin: str
    name: str

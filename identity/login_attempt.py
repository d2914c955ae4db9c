"""One trip of a customer's browser to a provider and back."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from identity.assurance import Assurance
from identity.errors import AttemptExpired, AttemptUnknown
from identity.secret import fresh, kept

LASTS = timedelta(minutes=10)
FINGERPRINT_BYTES = 32


class Purpose(StrEnum):
    """What an identification is for, and therefore where the browser comes back to."""

    BOOKING = "booking"
    DOOR = "door"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginAttempt:
    """Used once: the store hands it out a single time, whatever comes of it.

    `fingerprint` is the SHA-256 of the certificate with which the browser will
    speak in the meeting (RFC 8122), where it has told one.
    """

    state: str = field(repr=False)
    salt: str = field(repr=False)
    verifier: str = field(repr=False)
    appointment_id: UUID
    provider: str
    purpose: Purpose
    asked: Assurance
    fingerprint: bytes | None
    browser_hash: bytes = field(repr=False)
    created_at: datetime
    expires_at: datetime

    @property
    def commitment(self) -> bytes:
        """Return 32 bytes that name this appointment and this certificate, and tell neither.

        What a provider signs over them, it signs for one media connection. The
        salt of 256 bits makes them fresh, and keeps them from being guessed.
        """
        said = (self.salt.encode("ascii"), self.appointment_id.bytes, self.fingerprint or b"")
        return sha256(b"kohtaamo identification 1\0" + b"\0".join(said)).digest()

    @property
    def nonce(self) -> str:
        """Return the commitment as an OpenID Connect nonce: 256 bits in 43 characters."""
        return urlsafe_b64encode(self.commitment).rstrip(b"=").decode("ascii")

    def check_browser(self, *, provider: str, browser: str) -> None:
        """Refuse another browser and another provider's answer. Raises AttemptUnknown."""
        if self.provider != provider or not compare_digest(self.browser_hash, kept(browser)):
            raise AttemptUnknown

    def check_time(self, *, now: datetime) -> None:
        """Raises AttemptExpired."""
        if now >= self.expires_at:
            raise AttemptExpired(self.expires_at)


def begun(
    appointment_id: UUID,
    provider: str,
    browser: str,
    *,
    purpose: Purpose,
    asked: Assurance,
    fingerprint: bytes | None = None,
    now: datetime,
) -> LoginAttempt:
    """Draw state, salt and verifier apart: 256 bits each satisfy every broker."""
    return LoginAttempt(
        state=fresh(),
        salt=fresh(),
        verifier=fresh(),
        appointment_id=appointment_id,
        provider=provider,
        purpose=purpose,
        asked=asked,
        fingerprint=fingerprint,
        browser_hash=kept(browser),
        created_at=now,
        expires_at=now + LASTS,
    )

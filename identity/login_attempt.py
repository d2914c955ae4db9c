"""One trip of a customer's browser to a provider and back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from identity.errors import AttemptExpired, AttemptUnknown
from identity.secret import fresh, kept

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginAttempt:
    """Used once: the store hands it out a single time, whatever comes of it."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    appointment_id: UUID
    provider: str
    browser_hash: bytes = field(repr=False)
    created_at: datetime
    expires_at: datetime

    def check_browser(self, *, provider: str, browser: str) -> None:
        """Refuse another browser and another provider's answer. Raises AttemptUnknown."""
        if self.provider != provider or not compare_digest(self.browser_hash, kept(browser)):
            raise AttemptUnknown

    def check_time(self, *, now: datetime) -> None:
        """Raises AttemptExpired."""
        if now >= self.expires_at:
            raise AttemptExpired(self.expires_at)


def begun(appointment_id: UUID, provider: str, browser: str, *, now: datetime) -> LoginAttempt:
    """Draw state, nonce and verifier apart: 256 bits each satisfy every broker."""
    return LoginAttempt(
        state=fresh(),
        nonce=fresh(),
        verifier=fresh(),
        appointment_id=appointment_id,
        provider=provider,
        browser_hash=kept(browser),
        created_at=now,
        expires_at=now + LASTS,
    )

"""One trip of a member of the staff to the issuer and back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from identity.secret import fresh, kept

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTrip:
    """Kept under the hash of its state; it ends in the browser in which it began."""

    state_hash: bytes
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    browser_hash: bytes
    onward: str
    expires_at: datetime


def set_out(onward: str, *, now: datetime) -> tuple[str, str, StaffTrip]:
    """Return the state, the token of the browser's cookie, and what is kept of both."""
    state, browser = fresh(), fresh()
    trip = StaffTrip(
        state_hash=kept(state),
        nonce=fresh(),
        verifier=fresh(),
        browser_hash=kept(browser),
        onward=onward,
        expires_at=now + LASTS,
    )
    return state, browser, trip

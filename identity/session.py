"""A signed-in member of the staff: sessions that stand on the server and can be revoked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from identity.permission import Role

TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lifetime:
    idle: timedelta
    absolute: timedelta


# An adviser's tab stands open for a working day; who can change more is asked again sooner.
LIFETIMES: Mapping[Role, Lifetime] = MappingProxyType(
    {
        Role.ADVISER: Lifetime(idle=timedelta(hours=8), absolute=timedelta(hours=12)),
        Role.ADMIN: Lifetime(idle=timedelta(hours=2), absolute=timedelta(hours=12)),
        Role.OPERATOR: Lifetime(idle=timedelta(hours=1), absolute=timedelta(hours=12)),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSession:
    """Kept under the hash of its cookie; the cookie's value stands nowhere."""

    token_hash: bytes
    staff_id: UUID
    created_at: datetime
    last_seen_at: datetime
    idle_until_at: datetime
    expires_at: datetime
    browser: str = ""
    """In a few words, for its owner to know it again; nothing else of the browser is kept."""

    @property
    def id(self) -> UUID:
        """Name it where it is ended: half of the hash, which opens nothing."""
        return UUID(bytes=self.token_hash[:16])

    def is_alive(self, *, now: datetime) -> bool:
        return now < self.idle_until_at and now < self.expires_at

    def is_due_for_touch(self, *, now: datetime) -> bool:
        """Say whether to write that it was seen: once a minute, not at each request."""
        return now - self.last_seen_at >= TOUCH_EVERY

    def touched(self, *, now: datetime) -> "StaffSession":
        idle = self.idle_until_at - self.last_seen_at
        return replace(self, last_seen_at=now, idle_until_at=now + idle)


def open_for(
    staff_id: UUID, role: Role, token_hash: bytes, *, browser: str = "", now: datetime
) -> StaffSession:
    lifetime = LIFETIMES[role]
    return StaffSession(
        token_hash=token_hash,
        staff_id=staff_id,
        created_at=now,
        last_seen_at=now,
        idle_until_at=now + lifetime.idle,
        expires_at=now + lifetime.absolute,
        browser=browser,
    )

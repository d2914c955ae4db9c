"""An adviser's private calendar address: unguessable, shown once, and taken away at any time."""

import secrets
from datetime import datetime
from uuid import UUID

from identity.errors import NotFound
from identity.ports import IdentityUnit
from identity.secret import kept
from identity.staff import StaffMember

TOKEN_BYTES = 16


async def make_feed(unit: IdentityUnit, staff_id: UUID, *, now: datetime) -> str:
    """Make a new address of 128 random bits and return its token; the one before opens nothing any more."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    await unit.calendar_feeds.put(staff_id, kept(token), at=now)
    return token


async def whose_feed(unit: IdentityUnit, token: str) -> StaffMember:
    """Return whose calendar it opens. Raises NotFound, also for who is not active any more."""
    member = await unit.staff.get(await unit.calendar_feeds.find(kept(token)))
    if not member.is_active:
        raise NotFound
    return member

"""A member of the staff ends sessions of their own: one, or all but the one that asks."""

from datetime import datetime
from uuid import UUID

from identity.ports import IdentityUnit


async def end_sessions(
    unit: IdentityUnit,
    staff_id: UUID,
    *,
    session_id: UUID | None = None,
    but_not: bytes | None = None,
    now: datetime,
) -> None:
    """End the one that is named, or all of them; one that is not theirs, or is over, is none.

    `but_not` is the hash under which the asker's own session stands.
    """
    for session in await unit.staff_sessions.of(staff_id, now=now):
        if session.token_hash != but_not and session_id in (None, session.id):
            await unit.staff_sessions.remove(session.token_hash)

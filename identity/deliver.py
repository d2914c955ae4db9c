"""Make a code for an appointment, and take a try at it."""

from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from identity.delivered_code import LASTS, MOST_TRIES, DeliveredCode, Tried, digest, fresh_code
from identity.ports import IdentityUnit


async def deliver(unit: IdentityUnit, appointment_id: UUID, *, key: bytes, by: UUID, now: datetime) -> str:
    """Return a new code, in clear this once; the one before opens nothing any more."""
    code = fresh_code()
    await unit.delivered_codes.put(
        DeliveredCode(
            appointment_id=appointment_id,
            digest=digest(key, appointment_id, code),
            made_by=by,
            made_at=now,
            expires_at=now + LASTS,
        )
    )
    return code


async def try_code(
    unit: IdentityUnit, appointment_id: UUID, code: str, *, key: bytes, now: datetime
) -> Tried | None:
    """Count a try and judge it, and use the code up when it is right; None when there is none to try.

    Nothing is raised, so that the try stays counted. Of many at once each is counted.
    """
    known = await unit.delivered_codes.count_try(appointment_id, most=MOST_TRIES, now=now)
    if known is None:
        return None
    is_right = compare_digest(known.digest, digest(key, appointment_id, code))
    if is_right:
        await unit.delivered_codes.use(appointment_id, now=now)
    return Tried(is_right, MOST_TRIES - known.tries)

"""Let a customer's browser come in through the door, and know it again."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from identity.door_session import LASTS, DoorSession
from identity.identification import Identification
from identity.ports import IdentityUnit
from identity.secret import fresh, kept


@dataclass(frozen=True, slots=True)
class CameIn:
    token: str = field(repr=False)
    session: DoorSession


async def come_in(
    unit: IdentityUnit, appointment_id: UUID, *, token: str | None = None, now: datetime
) -> CameIn:
    """Open the door for a browser; one that is in already, by its cookie, stays who it is."""
    if token is not None:
        known = await behind_the_door(unit, token, appointment_id, now=now)
        if known is not None:
            return CameIn(token, known)
    token = fresh()
    session = DoorSession(
        token_hash=kept(token),
        appointment_id=appointment_id,
        participant_id=uuid4(),
        came_in_at=now,
        expires_at=now + LASTS,
    )
    await unit.door_sessions.add(session)
    return CameIn(token, session)


async def behind_the_door(
    unit: IdentityUnit, token: str, appointment_id: UUID, *, now: datetime
) -> DoorSession | None:
    """Return the session of a cookie `door` when it belongs to this appointment and lives."""
    session = await unit.door_sessions.find(kept(token))
    return session if session is not None and session.is_for(appointment_id, now=now) else None


async def identified_as(unit: IdentityUnit, session: DoorSession) -> Identification | None:
    """Return who this browser's customer proved to be, for the ticket and for the adviser's screen."""
    if session.identification_id is None:
        return None
    return await unit.identifications.get(session.identification_id)


async def known_as(unit: IdentityUnit, session: DoorSession) -> Identification | None:
    """Return who is behind the door; or else who booked, which proves nothing of the one who is here."""
    proof = await identified_as(unit, session)
    return proof or await unit.identifications.at_booking(session.appointment_id)

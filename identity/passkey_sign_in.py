"""A member of the staff enrols passkeys, and signs in by one alone."""

import secrets
from datetime import datetime
from uuid import UUID

from identity.errors import NotFound, PasskeyRefused
from identity.passkey import CHALLENGE_LASTS, MOST, Passkey, PasskeyChallenge, RelyingParty
from identity.passkey_checks import checked, enrolled, named_in
from identity.ports import IdentityUnit
from identity.secret import fresh, kept
from identity.staff import StaffMember

CHALLENGE_BYTES = 32


async def challenge_for(
    unit: IdentityUnit, staff_id: UUID | None, *, now: datetime
) -> tuple[str, PasskeyChallenge]:
    """Draw what a browser is to sign; return it with the token of the cookie by which it is known again."""
    token = fresh()
    drawn = PasskeyChallenge(
        token_hash=kept(token),
        challenge=secrets.token_bytes(CHALLENGE_BYTES),
        staff_id=staff_id,
        expires_at=now + CHALLENGE_LASTS,
    )
    await unit.passkeys.add_challenge(drawn)
    return token, drawn


async def use_challenge(
    unit: IdentityUnit, token: str | None, staff_id: UUID | None, *, now: datetime
) -> PasskeyChallenge:
    """Use a challenge up, whatever comes of it: in a unit of its own. Raises PasskeyRefused."""
    found = await unit.passkeys.use_challenge(kept(token)) if token else None
    if found is None or found.expires_at <= now or found.staff_id != staff_id:
        raise PasskeyRefused
    return found


async def enrol_passkey(
    unit: IdentityUnit,
    member: StaffMember,
    answer: str,
    name: str,
    *,
    party: RelyingParty,
    challenge: PasskeyChallenge,
    now: datetime,
) -> None:
    """Keep a new passkey. Raises PasskeyRefused; also for one that somebody has, and beyond ten."""
    credential_id, public_key, count = enrolled(answer, party, challenge)
    if len(await unit.passkeys.of(member.id)) >= MOST:
        raise PasskeyRefused
    made = Passkey(
        id=credential_id,
        staff_id=member.id,
        public_key=public_key,
        sign_count=count,
        name=name,
        made_at=now,
    )
    await unit.passkeys.add(made)


async def sign_in_by_passkey(
    unit: IdentityUnit, answer: str, *, party: RelyingParty, challenge: PasskeyChallenge, now: datetime
) -> StaffMember:
    """Return who has signed in. Raises PasskeyRefused, whatever the reason."""
    passkey = await unit.passkeys.find(named_in(answer))
    if passkey is None:
        raise PasskeyRefused
    count = checked(answer, party, challenge, passkey)
    try:
        member = await unit.staff.get(passkey.staff_id)
    except NotFound:
        raise PasskeyRefused from None
    if not member.is_active:
        raise PasskeyRefused
    await unit.passkeys.used(passkey.id, sign_count=count, at=now)
    return member

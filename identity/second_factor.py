"""What is asked of a member of the staff after the password, and how that is set up."""

from datetime import datetime, timedelta
from uuid import UUID

from identity.errors import CodeRefused, SessionOver, TooManyAttempts
from identity.half_sign_in import LASTS, Asked, HalfSignIn, SecondFactor
from identity.one_time_code import Authenticator, new_authenticator, step_of
from identity.ports import IdentityUnit
from identity.recovery_code import fresh_codes, normal_code
from identity.secret import fresh, kept
from identity.staff import StaffMember

WINDOW = timedelta(minutes=15)
TRIES = 10
"""So many codes of one member in a window, from wherever: who tries them knows the password already."""


async def asked_of(unit: IdentityUnit, member: StaffMember, rule: SecondFactor) -> Asked:
    """Who must have a second factor and has a passkey uses that: a password alone adds no app to it."""
    if await unit.second_factors.find(member.id) is not None:
        return Asked.CODE
    if not rule.is_due_of(member.role):
        return Asked.NOTHING
    return Asked.PASSKEY if await unit.passkeys.of(member.id) else Asked.ENROL


async def has_second_factor(unit: IdentityUnit, staff_id: UUID) -> bool:
    """Tell whether a member has an app or a passkey, so that there is something to take away."""
    return bool(await unit.second_factors.find(staff_id) or await unit.passkeys.of(staff_id))


async def begin_half(unit: IdentityUnit, member: StaffMember, *, now: datetime) -> str:
    """Let a browser go on to its second factor, and return the token by which it is known again."""
    token = fresh()
    half = HalfSignIn(token_hash=kept(token), staff_id=member.id, expires_at=now + LASTS)
    await unit.half_sign_ins.add(half)
    return token


async def half_way(unit: IdentityUnit, token: str | None, *, now: datetime) -> StaffMember:
    """Return whose password was right in this browser. Raises SessionOver."""
    half = await unit.half_sign_ins.find(kept(token)) if token else None
    if half is None or half.expires_at <= now:
        raise SessionOver
    member = await unit.staff.get(half.staff_id)
    if not member.is_active:
        raise SessionOver
    return member


async def count_code(unit: IdentityUnit, member: StaffMember, address: str, *, now: datetime) -> None:
    """Count a code as failed before it is judged. Raises TooManyAttempts."""
    name = f"{member.id}"
    if await unit.sign_in_failures.count(login=name, since=now - WINDOW) >= TRIES:
        raise TooManyAttempts(WINDOW)
    await unit.sign_in_failures.add(name, address, at=now)


async def take_code(
    unit: IdentityUnit, member: StaffMember, typed: str, address: str, *, now: datetime
) -> None:
    """Take a code of the app, or one on paper; both once. Raises CodeRefused."""
    authenticator = await unit.second_factors.find(member.id)
    step = step_of(authenticator, typed, now=now) if authenticator else None
    if step is not None:
        is_taken = await unit.second_factors.take_step(member.id, step)
    else:
        is_taken = await unit.second_factors.use_recovery_code(member.id, kept(normal_code(typed)))
    if not is_taken:
        raise CodeRefused
    await unit.sign_in_failures.clear(f"{member.id}", address)


async def begin_enrolment(unit: IdentityUnit, staff_id: UUID, *, now: datetime) -> Authenticator:
    """Make a secret for a member's app; the one that they have goes on until the new one is confirmed."""
    made = new_authenticator(staff_id, now=now)
    await unit.second_factors.propose(made)
    return made


async def confirm_enrolment(
    unit: IdentityUnit,
    member: StaffMember,
    typed: str,
    address: str,
    *,
    is_first: bool = False,
    now: datetime,
) -> tuple[str, ...]:
    """Believe the app once it shows the right code, and return new codes for paper.

    Raises CodeRefused; also where it must be the `first`, and the password alone would replace another.
    """
    if is_first and await unit.second_factors.find(member.id) is not None:
        raise CodeRefused
    proposed = await unit.second_factors.proposed(member.id)
    step = step_of(proposed, typed, now=now) if proposed else None
    if step is None:
        raise CodeRefused
    await unit.second_factors.confirm(member.id, step)
    await unit.sign_in_failures.clear(f"{member.id}", address)
    return await renew_recovery_codes(unit, member.id)


async def renew_recovery_codes(unit: IdentityUnit, staff_id: UUID) -> tuple[str, ...]:
    """Make ten codes; those before open nothing any more."""
    codes = fresh_codes()
    await unit.second_factors.put_recovery_codes(staff_id, [kept(normal_code(code)) for code in codes])
    return codes

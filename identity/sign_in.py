"""Sign the staff in and out, and let nobody guess for long.

A password is checked outside a unit, since it takes its time: `begin` counts
the try, the caller checks, `open_session` forgives it.
"""

from datetime import datetime, timedelta

from identity.errors import NotFound, SessionOver, SignInRefused, TooManyAttempts
from identity.ports import IdentityUnit
from identity.secret import fresh, kept
from identity.session import StaffSession, open_for
from identity.staff import Credentials, StaffMember, normal_login

WINDOW = timedelta(minutes=15)
TRIES_OF_ONE_LOGIN_FROM_ONE_ADDRESS = 10
TRIES_FROM_ONE_ADDRESS = 50
# High, so that a stranger cannot lock an adviser out of a working day with ten wrong guesses.
TRIES_OF_ONE_LOGIN = 200


async def begin_sign_in(unit: IdentityUnit, login: str, address: str, *, now: datetime) -> Credentials | None:
    """Count a try as failed before it is judged, so that guesses at the same time all count.

    Returns None for an unknown login: check the password against nobody's,
    so that the answer and its time are the same. Raises TooManyAttempts.
    """
    login, since, failures = normal_login(login), now - WINDOW, unit.sign_in_failures
    if (
        await failures.count(login=login, address=address, since=since) >= TRIES_OF_ONE_LOGIN_FROM_ONE_ADDRESS
        or await failures.count(address=address, since=since) >= TRIES_FROM_ONE_ADDRESS
        or await failures.count(login=login, since=since) >= TRIES_OF_ONE_LOGIN
    ):
        raise TooManyAttempts(WINDOW)
    await failures.add(login, address, at=now)
    return await unit.staff.by_login(login)


async def open_session(
    unit: IdentityUnit,
    member: StaffMember,
    address: str,
    *,
    old_token: str | None = None,
    browser: str = "",
    now: datetime,
) -> str:
    """Sign in somebody whose password was right, under a new token, and return it.

    The session that the browser had before ends: nobody can have planted it.
    Raises SignInRefused for a member who is not active any more.
    """
    if not member.is_active:
        raise SignInRefused
    await unit.sign_in_failures.clear(member.login, address)
    if old_token is not None:
        await unit.staff_sessions.remove(kept(old_token))
    token = fresh()
    await unit.staff_sessions.add(open_for(member.id, member.role, kept(token), browser=browser, now=now))
    return token


async def recognise(unit: IdentityUnit, token: str, *, now: datetime) -> tuple[StaffMember, StaffSession]:
    """Return who stands behind a cookie; write `session.touched()` when it is due. Raises SessionOver."""
    session = await unit.staff_sessions.find(kept(token))
    if session is None or not session.is_alive(now=now):
        raise SessionOver
    try:
        member = await unit.staff.get(session.staff_id)
    except NotFound:
        raise SessionOver from None
    if not member.is_active:
        raise SessionOver
    return member, session


async def sign_out(unit: IdentityUnit, token: str) -> None:
    await unit.staff_sessions.remove(kept(token))

"""A member of the staff changes their own password, having just shown that they know the old one."""

from datetime import datetime

from identity.errors import SignInRefused
from identity.ports import IdentityUnit
from identity.sign_in import open_session
from identity.staff import Credentials


async def change_own_password(
    unit: IdentityUnit, judged: Credentials, password_hash: str, *, address: str, now: datetime
) -> str:
    """Keep it, end every session, and return the token of a new one for the browser that asked.

    `judged` is what the old password was checked against (`sign_in.begin_sign_in` counted the try). Raises
    SignInRefused when another password was set meanwhile, or the member is not active any more.
    """
    member = (await unit.staff.locked({judged.member.id}))[judged.member.id]
    standing = await unit.staff.by_login(member.login)
    if standing is None or standing.password_hash != judged.password_hash:
        raise SignInRefused
    await unit.staff.change_password(member.id, password_hash)
    await unit.staff_sessions.remove_all_of(member.id)
    return await open_session(unit, member, address, now=now)

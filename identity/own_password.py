"""A member of the staff changes their own password, having just shown that they know the old one."""

from identity.errors import SignInRefused
from identity.ports import IdentityUnit
from identity.staff import Credentials, StaffMember


async def change_own_password(unit: IdentityUnit, judged: Credentials, password_hash: str) -> StaffMember:
    """Keep it and end every session; whoever asked gets a new one by `sign_in.open_session`.

    `judged` is what the old password was checked against (`sign_in.begin_sign_in` counted the try). Raises
    SignInRefused when another password was set meanwhile, or the member is not active any more.
    """
    member = (await unit.staff.locked({judged.member.id}))[judged.member.id]
    standing = await unit.staff.by_login(member.login)
    if standing is None or standing.password_hash != judged.password_hash or not member.is_active:
        raise SignInRefused
    await unit.staff.change_password(member.id, password_hash)
    await unit.staff_sessions.remove_all_of(member.id)
    return member

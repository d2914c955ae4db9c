"""Take on members of the staff, and change what they are."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from identity.errors import NotAllowed, OwnAccess, OwnTeam
from identity.permission import Right, Role
from identity.ports import IdentityUnit
from identity.staff import StaffMember


async def change_member(
    unit: IdentityUnit, staff_id: UUID, change: Callable[[StaffMember], StaffMember], *, by: UUID
) -> StaffMember:
    """Keep what `change` makes of a member as they stand now; who is made inactive is signed out.

    Both are locked, so that of two admins who shut each other out one remains. Raises NotFound,
    NotAllowed when the asker may not do this any more, OwnAccess when they would take it from themselves,
    OwnTeam when they would go and see another team's customers, and whatever `change` refuses.
    """
    locked = await unit.staff.locked({staff_id, by})
    if not locked[by].may(Right.MANAGE_PEOPLE):
        raise NotAllowed(Right.MANAGE_PEOPLE)
    require_ours(locked[staff_id])
    changed = change(locked[staff_id])
    require_ours(changed)
    if staff_id == by and not changed.may(Right.MANAGE_PEOPLE):
        raise OwnAccess
    if staff_id == by and changed.team_id != locked[by].team_id:
        raise OwnTeam
    await unit.staff.change(changed)
    if not changed.is_active:
        await unit.staff_sessions.remove_all_of(staff_id)
    return changed


async def renew_password(unit: IdentityUnit, staff_id: UUID, password_hash: str) -> StaffMember:
    """Give a member another password, and end every session that the old one opened.

    Raises NotFound and NotAllowed.
    """
    member = (await unit.staff.locked({staff_id}))[staff_id]
    require_ours(member)
    await unit.staff.change_password(staff_id, password_hash)
    await unit.staff_sessions.remove_all_of(staff_id)
    return member


async def forget_second_factor(unit: IdentityUnit, staff_id: UUID) -> None:
    """Take app, codes and passkeys away from somebody who has lost them, and sign them out.

    Raises NotFound and NotAllowed.
    """
    require_ours((await unit.staff.locked({staff_id}))[staff_id])
    await unit.second_factors.remove_all_of(staff_id)
    await unit.passkeys.remove_all_of(staff_id)
    await unit.staff_sessions.remove_all_of(staff_id)


async def show_out(
    unit: IdentityUnit, staff_id: UUID, *, session_id: UUID | None = None, now: datetime
) -> None:
    """End one session of somebody, or all; one that is not theirs, or is over, is none.

    Raises NotFound and NotAllowed.
    """
    require_ours(await unit.staff.get(staff_id))
    for session in await unit.staff_sessions.of(staff_id, now=now):
        if session_id in (None, session.id):
            await unit.staff_sessions.remove(session.token_hash)


def require_ours(member: StaffMember) -> None:
    """Raise NotAllowed for an operator: who manages people would otherwise get at the machines."""
    if member.role is Role.OPERATOR:
        raise NotAllowed(Right.OPERATE)

"""Admins change the staff, but not their own access, and not those who watch the machines."""

from dataclasses import replace
from uuid import uuid4

import pytest

from identity.employ import change_member, renew_password
from identity.errors import NotAllowed, NotFound, OwnAccess, OwnTeam, SessionOver
from identity.permission import Role
from identity.sign_in import open_session, recognise
from identity.staff import Credentials, StaffMember
from tests.identity.memory import MemoryUnit
from tests.identity.people import ILMARI, NOW

HERE = "192.0.2.1"
ADMIN = replace(ILMARI, id=uuid4(), login="admin", role=Role.ADMIN)
SECOND = replace(ADMIN, id=uuid4(), login="second")
OPERATOR = replace(ILMARI, id=uuid4(), login="op", role=Role.OPERATOR)


@pytest.fixture
async def house(unit: MemoryUnit) -> MemoryUnit:
    for member in (ADMIN, SECOND, OPERATOR):
        await unit.staff.add(Credentials(member, "a hash"))
    return unit


def leaves(found: StaffMember) -> StaffMember:
    return replace(found, is_active=False)


async def test_who_is_made_inactive_is_signed_out_everywhere(house: MemoryUnit) -> None:
    token = await open_session(house, ILMARI, HERE, now=NOW)

    await change_member(house, ILMARI.id, leaves, by=ADMIN.id)

    assert not (await house.staff.get(ILMARI.id)).is_active
    with pytest.raises(SessionOver):
        await recognise(house, token, now=NOW)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.ADVISER}])
async def test_an_admin_cannot_take_their_own_access_away(
    house: MemoryUnit, change: dict[str, object]
) -> None:
    with pytest.raises(OwnAccess):
        await change_member(house, ADMIN.id, lambda found: replace(found, **change), by=ADMIN.id)  # type: ignore[arg-type]

    assert await house.staff.get(ADMIN.id) == ADMIN


async def test_an_admin_is_moved_to_another_team_by_another_admin_alone(house: MemoryUnit) -> None:
    other = replace(ADMIN, team_id=uuid4())

    with pytest.raises(OwnTeam):
        await change_member(house, ADMIN.id, lambda _: other, by=ADMIN.id)
    await change_member(house, ADMIN.id, lambda _: other, by=SECOND.id)

    assert await house.staff.get(ADMIN.id) == other


async def test_of_two_admins_who_shut_each_other_out_one_remains(house: MemoryUnit) -> None:
    await change_member(house, SECOND.id, leaves, by=ADMIN.id)

    with pytest.raises(NotAllowed):
        await change_member(house, ADMIN.id, leaves, by=SECOND.id)

    assert await house.staff.get(ADMIN.id) == ADMIN


async def test_an_operator_is_not_the_admins_to_change(house: MemoryUnit) -> None:
    with pytest.raises(NotAllowed):
        await change_member(house, OPERATOR.id, leaves, by=ADMIN.id)
    with pytest.raises(NotAllowed):
        await change_member(house, ILMARI.id, lambda one: replace(one, role=Role.OPERATOR), by=ADMIN.id)
    with pytest.raises(NotAllowed):
        await renew_password(house, OPERATOR.id, "another")


async def test_a_new_password_ends_what_the_old_one_opened(house: MemoryUnit) -> None:
    token = await open_session(house, ILMARI, HERE, now=NOW)

    await renew_password(house, ILMARI.id, "another")

    kept = await house.staff.by_login(ILMARI.login)
    assert kept is not None
    assert kept.password_hash == "another"
    with pytest.raises(SessionOver):
        await recognise(house, token, now=NOW)


async def test_nobody_is_not_found(house: MemoryUnit) -> None:
    with pytest.raises(NotFound):
        await change_member(house, uuid4(), leaves, by=ADMIN.id)

"""Between the check of the old password and the change, an admin may have made another."""

from dataclasses import replace

import pytest

from identity.errors import SessionOver, SignInRefused
from identity.own_password import change_own_password
from identity.password import Fault, fault_of
from identity.sign_in import open_session, recognise
from tests.identity.memory import MemoryUnit
from tests.identity.people import ILMARI, ILMARIS_CREDENTIALS, NOW

HERE = "192.0.2.1"


async def test_every_session_ends_with_the_old_password(unit: MemoryUnit) -> None:
    token = await open_session(unit, ILMARI, HERE, now=NOW)

    assert await change_own_password(unit, ILMARIS_CREDENTIALS, "another") == ILMARI

    with pytest.raises(SessionOver):
        await recognise(unit, token, now=NOW)


async def test_a_password_that_an_admin_made_meanwhile_stands(unit: MemoryUnit) -> None:
    await unit.staff.change_password(ILMARI.id, "the admin's")

    with pytest.raises(SignInRefused):
        await change_own_password(unit, ILMARIS_CREDENTIALS, "mine")


async def test_who_does_not_work_here_any_more_changes_nothing(unit: MemoryUnit) -> None:
    await unit.staff.change(replace(ILMARI, is_active=False))

    with pytest.raises(SignInRefused):
        await change_own_password(unit, ILMARIS_CREDENTIALS, "mine")


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("kantele soi illalla", None),
        ("kantele soi", Fault.BRIEF),
        ("seppo ILMARI takoo", Fault.LOGIN),
        ("aaaabbbbccccdddd", Fault.PLAIN),
        ("the old one, again", Fault.SAME),
    ],
)
def test_a_password_is_long_and_new_and_no_name(password: str, fault: Fault | None) -> None:
    assert fault_of(password, login="ilmari", current="the old one, again") is fault

"""Who may do what."""

from dataclasses import replace

import pytest

from identity.permission import RIGHTS, Right, Role, may
from tests.identity.people import ILMARI


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.ADVISER, {"own_sign_in", "see_desk", "meet", "hand_in_documents", "see_personal_code"}),
        (
            Role.ADMIN,
            {
                "own_sign_in",
                "see_desk",
                "see_statistics",
                "manage_offerings",
                "manage_people",
                "disrupt",
                "see_access_log",
                "see_changes",
                "see_outbox",
                "manage_webhooks",
            },
        ),
        (Role.OPERATOR, {"own_sign_in", "operate"}),
    ],
)
def test_a_role_has_exactly_its_rights(role: Role, rights: set[str]) -> None:
    assert {right.value for right in Right if may(role, right)} == rights


def test_every_role_has_a_row_and_every_right_an_owner() -> None:
    assert set(RIGHTS) == set(Role)
    assert set().union(*RIGHTS.values()) == set(Right)


def test_one_who_left_may_nothing() -> None:
    assert ILMARI.may(Right.MEET)

    assert not any(replace(ILMARI, is_active=False).may(right) for right in Right)

"""What each role of the staff may do: one table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    ADVISER = "adviser"
    ADMIN = "admin"
    OPERATOR = "operator"


class Right(StrEnum):
    OWN_SIGN_IN = "own_sign_in"
    SEE_DESK = "see_desk"
    MEET = "meet"
    HAND_IN_DOCUMENTS = "hand_in_documents"
    SEE_STATISTICS = "see_statistics"
    MANAGE_OFFERINGS = "manage_offerings"
    MANAGE_PEOPLE = "manage_people"
    SEE_CHANGES = "see_changes"
    SEE_ACCESS_LOG = "see_access_log"
    SEE_PERSONAL_CODE = "see_personal_code"
    MANAGE_WEBHOOKS = "manage_webhooks"
    DISRUPT = "disrupt"
    SEE_OUTBOX = "see_outbox"
    OPERATE = "operate"


# An operator watches machines, and therefore sees neither customers nor letters.
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.ADVISER: frozenset(
            {
                Right.OWN_SIGN_IN,
                Right.SEE_DESK,
                Right.MEET,
                Right.HAND_IN_DOCUMENTS,
                Right.SEE_PERSONAL_CODE,
            }
        ),
        Role.ADMIN: frozenset(
            {
                Right.OWN_SIGN_IN,
                Right.SEE_DESK,
                Right.SEE_STATISTICS,
                Right.MANAGE_OFFERINGS,
                Right.MANAGE_PEOPLE,
                Right.SEE_CHANGES,
                Right.SEE_ACCESS_LOG,
                Right.MANAGE_WEBHOOKS,
                Right.DISRUPT,
                Right.SEE_OUTBOX,
            }
        ),
        Role.OPERATOR: frozenset({Right.OWN_SIGN_IN, Right.OPERATE}),
    }
)


def may(role: Role, right: Right) -> bool:
    return right in RIGHTS[role]

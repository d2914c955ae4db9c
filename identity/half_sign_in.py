"""Half signed in: the password was right, and the second factor is still to come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from identity.permission import Role

LASTS = timedelta(minutes=10)


class SecondFactor(StrEnum):
    """Who of the staff must have one; who has one is asked for it in any case."""

    EVERYBODY = "everybody"
    ADMINS = "admins"
    NOBODY = "nobody"

    def is_due_of(self, role: Role) -> bool:
        return self is SecondFactor.EVERYBODY or (self is SecondFactor.ADMINS and role is not Role.ADVISER)


class Asked(StrEnum):
    """What a member is asked for once the password was right."""

    NOTHING = "nothing"
    CODE = "code"
    ENROL = "enrol"
    PASSKEY = "passkey"


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfSignIn:
    """A browser whose password was right; kept under the hash of its cookie."""

    token_hash: bytes
    staff_id: UUID
    expires_at: datetime

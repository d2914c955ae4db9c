"""Those who sign in: advisers, admins, operators."""

from dataclasses import dataclass, field
from uuid import UUID

from identity.permission import Right, Role, may


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """One person of the staff; shares its id with the booking room's adviser.

    `email` and `phone` are where letters on trial go; nobody else is told them.
    """

    id: UUID
    login: str
    name: str
    role: Role
    team_id: UUID
    languages: tuple[str, ...] = ("fi",)
    is_active: bool = True
    email: str = ""
    phone: str = ""

    def may(self, right: Right) -> bool:
        return self.is_active and may(self.role, right)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A member and the argon2id hash of their password, kept apart so that no page is handed the latter."""

    member: StaffMember
    password_hash: str = field(repr=False)


def normal_login(typed: str) -> str:
    """Fold what was typed to the form that is kept, so that `Ilmari ` is `ilmari`."""
    return typed.strip().casefold()

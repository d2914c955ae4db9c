"""What was agreed with the issuer, and which of its groups have which role here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from identity.permission import Role

HIGHEST_FIRST = (Role.ADMIN, Role.OPERATOR, Role.ADVISER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Its discovery document says where to ask, and widens nothing of this.

    Without `groups` everybody keeps the role that an admin gave them.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    groups: Sequence[tuple[Role, str]] = ()
    groups_claim: str = "groups"
    scope: str = "openid profile email"
    algorithms: tuple[str, ...] = ("RS256", "ES256")
    skew: timedelta = timedelta(seconds=60)
    oldest: timedelta = timedelta(minutes=10)

    def role_of(self, groups: Collection[str]) -> Role | None:
        """Return the highest role that somebody's groups have, None when they have none."""
        theirs = {role for role, group in self.groups if group in groups}
        return next((role for role in HIGHEST_FIRST if role in theirs), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What an issuer says of a person, after all checks. `email` is there only when it is verified."""

    subject: str
    login: str
    email: str
    groups: frozenset[str]

"""Who takes part in a meeting."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    CUSTOMER = "customer"
    ADVISER = "adviser"


@dataclass(frozen=True, slots=True)
class Proof:
    """How surely we know who it is, by which method, and since when."""

    assurance: str = "none"
    method: str | None = None
    identified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """One person in one meeting; the id stays the same over reloads, tabs and lost connections."""

    id: UUID
    role: Role
    name: str
    proof: Proof = Proof()

    @property
    def is_adviser(self) -> bool:
        return self.role is Role.ADVISER

"""Advisers and admins who see the same appointments."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Team:
    id: UUID
    name: str

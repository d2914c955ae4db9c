"""Somebody who meets customers, as far as the calendar needs to know."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Adviser:
    """An adviser of a team; the languages are codes, the first one the strongest."""

    id: UUID
    name: str
    team_id: UUID | None = None
    languages: tuple[str, ...] = ("fi",)

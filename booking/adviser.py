"""Somebody who meets customers, as far as the calendar and who books need to know."""

from dataclasses import dataclass, field
from uuid import UUID

from booking.texts import Texts, in_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Adviser:
    """An adviser of a team; the languages are codes, the first one the strongest.

    `texts` is what they say of themselves; `photo_id` names a picture that is kept beside the database.
    Hours are written by the wall clock of `zone`; without one, by the house's.
    """

    id: UUID
    name: str
    team_id: UUID | None = None
    languages: tuple[str, ...] = ("fi",)
    texts: Texts = field(default_factory=dict)
    photo_id: UUID | None = None
    zone: str | None = None

    @property
    def initials(self) -> str:
        """Stand for the picture where there is none."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    def text(self, language: str) -> str:
        return in_language(self.texts, language)

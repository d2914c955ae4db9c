"""Words that the organisation writes for its advisers to pick from: ready sentences, and tags of meetings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from booking.texts import Texts


class WordingKind(StrEnum):
    SENTENCE = "sentence"
    TAG = "tag"


LONGEST: Mapping[WordingKind, int] = MappingProxyType({WordingKind.SENTENCE: 120, WordingKind.TAG: 40})
MOST: Mapping[WordingKind, int] = MappingProxyType({WordingKind.SENTENCE: 30, WordingKind.TAG: 20})
"""How many can be picked from: a page holds all sentences, and a list of tags that is long is not ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One sentence or tag; a withdrawn one is picked no more, and stays readable where it was."""

    id: UUID
    kind: WordingKind
    texts: Texts
    is_withdrawn: bool = False


class Wordings(Protocol):
    async def all(self, kind: WordingKind) -> Sequence[Wording]:
        """Return all of a kind in their order, the withdrawn ones too."""
        ...

    async def locked(self, kind: WordingKind) -> Sequence[Wording]:
        """Return the same, and keep everybody else from changing that kind until the unit ends."""
        ...

    async def add(self, wording: Wording) -> None:
        """Keep a new one, in the last place."""
        ...

    async def change(self, wording: Wording) -> None:
        """Keep its texts anew, and whether it is withdrawn."""
        ...

    async def order(self, ids: Sequence[UUID]) -> None:
        """Let these stand in this order."""
        ...


def in_use(wordings: Sequence[Wording]) -> Sequence[Wording]:
    """Return those that can be picked."""
    return [one for one in wordings if not one.is_withdrawn]


def found_among(wordings: Sequence[Wording], wording_id: UUID | None) -> Wording | None:
    return next((one for one in wordings if one.id == wording_id), None)

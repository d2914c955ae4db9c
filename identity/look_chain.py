"""Whether the chain of the access log is whole."""

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from enum import StrEnum

from identity.look import START, Kept, link


class Break(StrEnum):
    """What is wrong at the first place where something is."""

    MISSING = "missing"
    CHANGED = "changed"
    CUT = "cut"
    OTHER_HEAD = "other_head"
    OTHER_PAST = "other_past"


@dataclass(frozen=True, slots=True)
class Broken:
    at: Break
    place: int


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain has come; `is_ours` says whether the seal over it is this installation's."""

    place: int
    hash: bytes
    is_ours: bool = True

    def __str__(self) -> str:
        return f"{self.place}:{self.hash.hex()}"


NONE_YET = Head(0, START)


@dataclass(slots=True)
class Chain:
    """Walks along the links, and remembers how far it came.

    `noted` are heads that somebody wrote down earlier, outside of the database: a place and its hash.
    """

    noted: dict[int, bytes] = field(default_factory=dict)
    place: int = 0
    hash: bytes = START

    async def walk(self, links: AsyncIterable[Kept]) -> Broken | None:
        """Return the first break, None when there is none as far as the links go."""
        async for kept in links:
            if kept.place != self.place + 1:
                return Broken(Break.MISSING, self.place + 1)
            if kept.hash != link(self.hash, kept.place, kept.look):
                return Broken(Break.CHANGED, kept.place)
            self.place, self.hash = kept.place, kept.hash
            if self.noted.get(self.place, self.hash) != self.hash:
                return Broken(Break.OTHER_PAST, self.place)
        ahead = min((place for place in self.noted if place > self.place), default=None)
        return None if ahead is None else Broken(Break.CUT, self.place + 1)

    def ends_at(self, head: Head) -> Broken | None:
        """Compare with the head that stands in the database."""
        if not head.is_ours:
            return Broken(Break.OTHER_HEAD, head.place)
        if (head.place, head.hash) != (self.place, self.hash):
            return Broken(Break.CUT, min(head.place, self.place) + 1)
        return None

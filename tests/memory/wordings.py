"""Sentences and tags in the organisation's words, in memory."""

from collections.abc import Sequence
from uuid import UUID

from booking.wording import Wording, WordingKind


class MemoryWordings:
    """What stands in no order that was said stays behind, in the order in which it came."""

    def __init__(self, wordings: dict[UUID, Wording]) -> None:
        self._wordings = wordings

    async def all(self, kind: WordingKind) -> Sequence[Wording]:
        return [one for one in self._wordings.values() if one.kind is kind]

    async def locked(self, kind: WordingKind) -> Sequence[Wording]:
        return await self.all(kind)

    async def add(self, wording: Wording) -> None:
        self._wordings[wording.id] = wording

    async def change(self, wording: Wording) -> None:
        self._wordings[wording.id] = wording

    async def order(self, ids: Sequence[UUID]) -> None:
        first = {one: self._wordings[one] for one in ids}
        rest = {each: one for each, one in self._wordings.items() if each not in first}
        self._wordings.clear()
        self._wordings.update(first | rest)

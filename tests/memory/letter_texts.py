"""The words of letters that admins have written, in memory."""

from collections.abc import Sequence
from dataclasses import replace

from booking.letter_text import TextPlace, Words
from tests.memory.state import State


class MemoryLetterTexts:
    def __init__(self, state: State) -> None:
        self._state = state

    async def lock(self, place: TextPlace) -> None:
        """Units that write come one after another anyway."""

    async def find(self, place: TextPlace) -> Words | None:
        return self._state.letter_texts.get(place)

    async def standing_for(self, place: TextPlace) -> Words | None:
        return await self.find(place) or await self.find(replace(place, offering_id=None))

    async def places(self) -> Sequence[TextPlace]:
        return list(self._state.letter_texts)

    async def put(self, place: TextPlace, words: Words) -> None:
        self._state.letter_texts[place] = dict(words)

    async def remove(self, place: TextPlace) -> None:
        self._state.letter_texts.pop(place, None)

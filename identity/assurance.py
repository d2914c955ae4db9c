"""How surely we know who somebody is (eIDAS, article 8)."""

from enum import IntEnum


class Assurance(IntEnum):
    """Ordered, so that ``have >= asked`` is the whole rule."""

    NONE = 0
    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3

    @property
    def word(self) -> str:
        """The word that crosses between rooms, tables and the API."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Assurance":
        """Read the word back. Raises ValueError for any other one."""
        for level in cls:
            if level.word == word:
                return level
        raise ValueError(word)

"""How surely we know who somebody is, in the words that cross between rooms (eIDAS, article 8)."""

from enum import StrEnum


class Level(StrEnum):
    """From the lowest to the highest."""

    NONE = "none"
    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    def reaches(self, asked: "Level") -> bool:
        order = list(Level)
        return order.index(self) >= order.index(asked)

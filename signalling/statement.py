"""What an adviser states of the room in which they sit: a closed list of ids."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Statement(StrEnum):
    """From the most private to the least; to say nothing is `None`, and the customer is told so."""

    ALONE_HEADSET = "alone_headset"
    ALONE = "alone"
    OTHERS_CANNOT_HEAR = "others_cannot_hear"
    OTHERS_HEAR_ME = "others_hear_me"
    OTHERS_MAY_HEAR = "others_may_hear"


@dataclass(frozen=True, slots=True)
class Stated:
    """An adviser's own words, with when they said them."""

    statement: Statement
    at: datetime

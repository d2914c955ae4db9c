"""The ready sentences that a waiting customer can be told: ids alone go over the wire."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Sentence(StrEnum):
    """The house's own; the customer's page holds the words of all in the customer's language."""

    IN_A_MOMENT = "in_a_moment"
    FEW_MINUTES = "few_minutes"
    TEN_MINUTES = "ten_minutes"
    TAKE_YOUR_TIME = "take_your_time"
    WE_SEE_YOU = "we_see_you"
    YOU_ARE_RIGHT = "you_are_right"
    TRY_WITHOUT_CAMERA = "try_without_camera"
    WE_CALL_YOU = "we_call_you"
    BACK_SOON = "back_soon"


LONGEST_ID = 40
_HOUSE = frozenset(Sentence)
_ORGANISATION = re.compile(rf"[a-z0-9-]{{1,{LONGEST_ID}}}")
"""The form of the ids of sentences that the organisation has written; which there are is known above."""


def is_sentence_id(text: str) -> bool:
    """Tell whether it is one of the house's ids, or has the form of an organisation's."""
    return text in _HOUSE or _ORGANISATION.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Said:
    """`sentence` is an id, never words."""

    sentence: str
    at: datetime

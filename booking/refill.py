"""Whether a freed slot is offered to those who wait, and how."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class RefillMode(StrEnum):
    """One by one, to all at once, or to nobody."""

    ONE_BY_ONE = "one_by_one"
    TO_ALL = "to_all"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefillRules:
    """`answer_within` is how long an offer stands; a slot freed with less than `notice` is not offered."""

    mode: RefillMode = RefillMode.ONE_BY_ONE
    answer_within: timedelta = timedelta(hours=1)
    notice: timedelta = timedelta(hours=2)

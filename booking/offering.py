"""What can be booked, and the rules under which it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from booking.reminder import ReminderPlan
from booking.rules import Rules
from booking.time_span import CELL, TimeSpan

Assurance = Literal["none", "low", "substantial", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """A kind of appointment: `names` and `texts` by language code (fi, sv, en)."""

    id: UUID
    names: Mapping[str, str]
    texts: Mapping[str, str]
    length: timedelta
    assurance: Assurance = "none"
    languages: tuple[str, ...] = ("fi", "sv", "en")
    zone: str = "Europe/Helsinki"
    notice: timedelta = timedelta(0)
    horizon: timedelta = timedelta(days=28)
    rules: Rules = field(default_factory=Rules)
    letters: ReminderPlan = field(default_factory=ReminderPlan)
    team_id: UUID | None = None

    def __post_init__(self) -> None:
        if self.length <= timedelta(0) or self.length % CELL:
            raise ValueError("an offering's length is a multiple of five minutes")

    @property
    def asks_identity(self) -> bool:
        return self.assurance != "none"

    def name(self, language: str) -> str:
        """Return the name in the language, or in the first one that has it."""
        return _in_language(self.names, language)

    def text(self, language: str) -> str:
        return _in_language(self.texts, language)

    def span_at(self, start: datetime) -> TimeSpan:
        return TimeSpan(start, start + self.length)

    def bookable(self, now: datetime) -> TimeSpan:
        """Return the stretch in which an appointment may start when asked for now."""
        return TimeSpan(now + self.notice, now + self.notice + self.horizon)


def _in_language(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")

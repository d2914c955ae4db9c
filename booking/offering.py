"""What can be booked, and the rules under which it is."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from booking.question import Question
from booking.refill import RefillRules
from booking.reminder import ReminderPlan
from booking.rules import Rules
from booking.texts import Texts, in_language
from booking.time_span import CELL, TimeSpan

Assurance = Literal["none", "low", "substantial", "high"]
WhenDown = Literal["nothing", "code", "questions"]
"""What lets a customer in while strong identification is down: nothing, a delivered code or a passkey, or
besides them an adviser who asks."""
MediaWay = Literal["as_set", "relay", "direct"]
"""How picture and sound go: as the service is set up, by its relay alone, or straight where they can."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A matter that people can see to by themselves, told before they book."""

    titles: Texts
    texts: Texts
    url: str = ""

    def title(self, language: str) -> str:
        return in_language(self.titles, language)

    def text(self, language: str) -> str:
        return in_language(self.texts, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """A kind of appointment. What is not open is neither shown nor booked; its appointments stand.

    `languages` are those in which it is met. The buffers are the adviser's own time around an
    appointment, `daily_cap` is the most of these appointments that an adviser meets on a local day, and
    `step` is what starts are multiples of. `shows_code` says whether advisers see the personal identity
    code, and `drop_in` whether customers may come without a time while advisers take them. `media_way` says
    how picture and sound go. `prices` and `terms` are shown as written.
    """

    id: UUID
    names: Texts
    texts: Texts
    length: timedelta
    assurance: Assurance = "none"
    when_down: WhenDown = "nothing"
    shows_code: bool = True
    media_way: MediaWay = "as_set"
    languages: tuple[str, ...] = ("fi", "sv", "en")
    zone: str = "Europe/Helsinki"
    notice: timedelta = timedelta(0)
    horizon: timedelta = timedelta(days=28)
    buffer_before: timedelta = timedelta(0)
    buffer_after: timedelta = timedelta(0)
    daily_cap: int | None = None
    step: timedelta = timedelta(minutes=15)
    hold: timedelta = timedelta(minutes=10)
    is_open: bool = True
    drop_in: bool = False
    rules: Rules = field(default_factory=Rules)
    letters: ReminderPlan = field(default_factory=ReminderPlan)
    refill: RefillRules = field(default_factory=RefillRules)
    prices: Texts = field(default_factory=dict)
    terms: Texts = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    advice: tuple[Advice, ...] = ()
    team_id: UUID | None = None

    def __post_init__(self) -> None:
        if min(self.length, self.step, self.horizon) <= timedelta(0):
            raise ValueError("an offering's length, step and horizon are longer than nothing")
        for span in (self.length, self.step, self.buffer_before, self.buffer_after):
            if span < timedelta(0) or span % CELL:
                raise ValueError("an offering's length, step and buffers are multiples of five minutes")

    @property
    def asks_identity(self) -> bool:
        return self.assurance != "none"

    def relays(self, *, as_set: bool) -> bool:
        """Tell whether neither side may learn the other's address, given how the service is set up."""
        return as_set if self.media_way == "as_set" else self.media_way == "relay"

    def name(self, language: str) -> str:
        """Return the name in the language, or in the first one that has it."""
        return in_language(self.names, language)

    def text(self, language: str) -> str:
        return in_language(self.texts, language)

    def price(self, language: str) -> str:
        return in_language(self.prices, language)

    def terms_in(self, language: str) -> str:
        return in_language(self.terms, language)

    def span_at(self, start: datetime) -> TimeSpan:
        return TimeSpan(start, start + self.length)

    def busy(self, span: TimeSpan) -> TimeSpan:
        """Return the adviser's time that an appointment takes, buffers included."""
        return TimeSpan(span.start - self.buffer_before, span.end + self.buffer_after)

    def bookable(self, now: datetime) -> TimeSpan:
        """Return the stretch in which an appointment may start when asked for now."""
        return TimeSpan(now + self.notice, now + self.notice + self.horizon)

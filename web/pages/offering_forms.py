"""The sections of an offering, each a form: what it shows of the offering, and what it makes of it."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from booking.find_slots import LONGEST
from booking.letter import LetterKind
from booking.offering import Assurance, MediaWay, Offering, WhenDown
from booking.refill import RefillMode, RefillRules
from booking.reminder import ReminderPlan
from web.fields import Language
from web.i18n import N_
from web.languages import Line, LongProse, NeededLine, Prose, texts_in, texts_out
from web.lengths import Ahead, Amount, Unit, in_minutes, span_of, with_unit, within

Choice = Literal["", "1"]
Length = Annotated[int, Field(ge=5, le=480, multiple_of=5)]
Buffer = Annotated[int, Field(ge=0, le=240, multiple_of=5)]


@cache
def zones() -> frozenset[str]:
    """Return the names of all zones; finding them reads hundreds of files, once."""
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in zones():
        raise PydanticCustomError("enum", "not a time zone")
    return name


class Section(BaseModel):
    """A part of an offering; `seen` is the word for what its form showed."""

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    LABELS: ClassVar[Mapping[str, str]]

    seen: str = Field(default="", max_length=40)

    @staticmethod
    @abstractmethod
    def of(offering: Offering) -> dict[str, Any]:
        """Return the fields as the offering stands."""

    @abstractmethod
    def onto(self, offering: Offering) -> Offering:
        """Return the offering with what the form says."""


class TextsSection(Section):
    NAME = "texts"
    TITLE = N_("Name and description")
    LABELS = MappingProxyType({"name": N_("Name"), "text": N_("Description")})

    name_en: Line = ""
    name_sv: Line = ""
    name_fi: NeededLine = Field(default="", validate_default=True)
    text_fi: Prose = ""
    text_sv: Prose = ""
    text_en: Prose = ""

    @staticmethod
    def of(offering: Offering) -> dict[str, Any]:
        return texts_out("name", offering.names) | texts_out("text", offering.texts)

    def onto(self, offering: Offering) -> Offering:
        return replace(offering, names=texts_in(self, "name"), texts=texts_in(self, "text"))


class TimeSection(Section):
    NAME = "time"
    TITLE = N_("Length and booking time")
    LABELS = MappingProxyType(
        {
            "length": N_("Length"),
            "step": N_("Starts every"),
            "buffer_before": N_("Buffer before"),
            "buffer_after": N_("Buffer after"),
            "notice": N_("Notice"),
            "horizon": N_("Horizon"),
            "daily_cap": N_("At most a day"),
            "hold": N_("Time kept for the form"),
            "zone": N_("Time zone"),
        }
    )

    length: Length
    step: Annotated[int, Field(ge=5, le=240, multiple_of=5)]
    buffer_before: Buffer
    buffer_after: Buffer
    notice_unit: Unit
    notice: Annotated[Amount, AfterValidator(within(timedelta(0), timedelta(days=30)))]
    horizon_unit: Unit
    horizon: Annotated[Amount, AfterValidator(within(timedelta(hours=1), LONGEST))]
    daily_cap: Annotated[
        Annotated[int, Field(ge=1, le=100)] | None, BeforeValidator(lambda text: text or None)
    ] = None
    hold: Annotated[int, Field(ge=2, le=60)]
    zone: Annotated[str, AfterValidator(_zone)]

    @staticmethod
    def of(offering: Offering) -> dict[str, Any]:
        minutes = ("length", "step", "buffer_before", "buffer_after", "hold")
        return {
            **{name: in_minutes(getattr(offering, name)) for name in minutes},
            **with_unit("notice", offering.notice),
            **with_unit("horizon", offering.horizon),
            "daily_cap": str(offering.daily_cap or ""),
            "zone": offering.zone,
        }

    def onto(self, offering: Offering) -> Offering:
        return replace(
            offering,
            length=timedelta(minutes=self.length),
            step=timedelta(minutes=self.step),
            buffer_before=timedelta(minutes=self.buffer_before),
            buffer_after=timedelta(minutes=self.buffer_after),
            notice=span_of(self.notice, self.notice_unit),
            horizon=span_of(self.horizon, self.horizon_unit),
            daily_cap=self.daily_cap,
            hold=timedelta(minutes=self.hold),
            zone=self.zone,
        )


class MeetingSection(Section):
    NAME = "meeting"
    TITLE = N_("Languages, identification, picture and sound")
    LABELS = MappingProxyType(
        {
            "languages": N_("Languages of the meeting"),
            "assurance": N_("Identification"),
            "when_down": N_("When strong identification is down"),
            "shows_code": N_("Advisers see the personal identity code"),
            "media_way": N_("How picture and sound go"),
        }
    )

    languages: list[Language] = Field(default_factory=list, min_length=1, validate_default=True)
    assurance: Assurance
    when_down: WhenDown = "nothing"
    shows_code: Choice = ""
    media_way: MediaWay = "as_set"

    @staticmethod
    def of(offering: Offering) -> dict[str, Any]:
        return {
            "languages": list(offering.languages),
            "assurance": offering.assurance,
            "when_down": offering.when_down,
            "shows_code": "1" if offering.shows_code else "",
            "media_way": offering.media_way,
        }

    def onto(self, offering: Offering) -> Offering:
        return replace(
            offering,
            languages=tuple(dict.fromkeys(self.languages)),
            assurance=self.assurance,
            when_down=self.when_down,
            shows_code=bool(self.shows_code),
            media_way=self.media_way,
        )


class RulesSection(Section):
    NAME = "rules"
    TITLE = N_("How late is late")
    LABELS = MappingProxyType(
        {
            "door_opens": N_("The door opens before the start"),
            "grace": N_("Grace after the start"),
            "late_limit": N_("A late cancellation is one within"),
        }
    )

    door_opens: Annotated[int, Field(ge=0, le=240)]
    grace: Annotated[int, Field(ge=0, le=120)]
    late_limit_unit: Unit
    late_limit: Annotated[Amount, AfterValidator(within(timedelta(0), timedelta(days=14)))]

    @staticmethod
    def of(offering: Offering) -> dict[str, Any]:
        rules = offering.rules
        minutes = {"door_opens": in_minutes(rules.door_opens), "grace": in_minutes(rules.grace)}
        return minutes | with_unit("late_limit", rules.late_limit)

    def onto(self, offering: Offering) -> Offering:
        rules = replace(
            offering.rules,
            door_opens=timedelta(minutes=self.door_opens),
            grace=timedelta(minutes=self.grace),
            late_limit=span_of(self.late_limit, self.late_limit_unit),
        )
        return replace(offering, rules=rules)


class LettersSection(Section):
    """A plan has each of its letters once; letters that this form does not know stay in it."""

    NAME = "letters"
    TITLE = N_("Reminders")
    KINDS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            LetterKind.THREE_DAYS: N_("First reminder: are you coming?"),
            LetterKind.ONE_DAY: N_("Second reminder: try your connection"),
            LetterKind.FIFTEEN_MINUTES: N_("The way in, shortly before the start"),
        }
    )
    CALLS_IN: ClassVar[str] = N_("Three minutes after the start: we are waiting for you")
    LABELS = KINDS

    three_days_on: Choice = ""
    three_days_unit: Unit
    three_days: Ahead
    one_day_on: Choice = ""
    one_day_unit: Unit
    one_day: Ahead
    fifteen_minutes_on: Choice = ""
    fifteen_minutes_unit: Unit
    fifteen_minutes: Ahead
    calls_in: Choice = ""

    @staticmethod
    def of(offering: Offering) -> dict[str, Any]:
        planned, usual = dict(offering.letters.before), dict(ReminderPlan().before)
        fields: dict[str, Any] = {}
        for kind in map(LetterKind, LettersSection.KINDS):
            fields |= with_unit(kind, planned.get(kind, usual[kind]))
            fields[f"{kind}_on"] = "1" if kind in planned else ""
        return fields | {"calls_in": "1" if offering.letters.calls_in else ""}

    def onto(self, offering: Offering) -> Offering:
        plan = dict(offering.letters.before)
        for kind in map(LetterKind, self.KINDS):
            plan.pop(kind, None)
            if getattr(self, f"{kind}_on"):
                plan[kind] = span_of(getattr(self, kind), getattr(self, f"{kind}_unit"))
        return replace(offering, letters=ReminderPlan(tuple(plan.items()), bool(self.calls_in)))


class TermsSection(Section):
    NAME = "terms"
    TITLE = N_("Price and terms")
    LABELS = MappingProxyType({"price": N_("Price"), "terms": N_("Terms")})

    price_fi: Prose = ""
    price_sv: Prose = ""
    price_en: Prose = ""
    terms_fi: LongProse = ""
    terms_sv: LongProse = ""
    terms_en: LongProse = ""

    @staticmethod
    def of(offering: Offering) -> dict[str, Any]:
        return texts_out("price", offering.prices) | texts_out("terms", offering.terms)

    def onto(self, offering: Offering) -> Offering:
        return replace(offering, prices=texts_in(self, "price"), terms=texts_in(self, "terms"))


class RefillSection(Section):
    NAME = "refill"
    TITLE = N_("Freed times")
    LABELS = MappingProxyType(
        {
            "mode": N_("Who is offered a freed time"),
            "answer_within": N_("An offer stands for"),
            "notice": N_("Not offered when the start is nearer than"),
        }
    )

    mode: RefillMode
    answer_within_unit: Unit
    answer_within: Annotated[Amount, AfterValidator(within(timedelta(minutes=5), timedelta(days=7)))]
    notice_unit: Unit
    notice: Annotated[Amount, AfterValidator(within(timedelta(0), timedelta(days=30)))]

    @staticmethod
    def of(offering: Offering) -> dict[str, Any]:
        refill = offering.refill
        return {
            "mode": refill.mode.value,
            **with_unit("answer_within", refill.answer_within),
            **with_unit("notice", refill.notice),
        }

    def onto(self, offering: Offering) -> Offering:
        refill = RefillRules(
            mode=self.mode,
            answer_within=span_of(self.answer_within, self.answer_within_unit),
            notice=span_of(self.notice, self.notice_unit),
        )
        return replace(offering, refill=refill)


class NowSection(Section):
    NAME = "now"
    TITLE = N_("Meet now")
    LABELS = MappingProxyType({"drop_in": N_("Customers may come without a time")})

    drop_in: Choice = ""

    @staticmethod
    def of(offering: Offering) -> dict[str, Any]:
        return {"drop_in": "1" if offering.drop_in else ""}

    def onto(self, offering: Offering) -> Offering:
        return replace(offering, drop_in=bool(self.drop_in))


SECTIONS: Mapping[str, type[Section]] = MappingProxyType(
    {
        section.NAME: section
        for section in (
            TextsSection,
            TimeSection,
            MeetingSection,
            RulesSection,
            LettersSection,
            TermsSection,
            RefillSection,
            NowSection,
        )
    }
)

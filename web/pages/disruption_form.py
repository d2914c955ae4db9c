"""The form of a disruption: whom, when, and the words; what is wrong is said beside the field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from booking.disruption import Scope
from booking.find_slots import LONGEST
from booking.plain_words import plain, words_fault
from booking.time_span import TimeSpan
from identity.staff import StaffMember
from web.fields import MaybeId
from web.i18n import LANGUAGES
from web.moments import midnight

HOUSE, TEAM, OFFERING, ADVISER = "house", "team", "offering:", "adviser:"
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NEAR = timedelta(days=400)


def _time(written: object) -> object:
    if written == "":
        return None
    if not isinstance(written, str) or not _TIME.fullmatch(written):
        raise PydanticCustomError("clock_time", "not a time of day")
    return written


def _none_if_empty(written: object) -> object:
    return None if written == "" else written


def _words(written: str) -> str:
    words = plain(written)
    if fault := words_fault(words):
        raise PydanticCustomError(fault.value, "not plain words")
    return words


Clock = Annotated[time | None, BeforeValidator(_time)]
MaybeDay = Annotated[date | None, BeforeValidator(_none_if_empty)]
Words = Annotated[str, Field(max_length=4000), AfterValidator(_words)]


class DisruptionForm(BaseModel):
    """What is typed; `go` says which button was pressed, `id` is that of the preview."""

    go: Literal["look", "edit", "do"] = "look"
    id: MaybeId = None
    whom: str = Field(default=HOUSE, max_length=60)
    first: date
    since: Clock = None
    last: MaybeDay = None
    until: Clock = None
    fi: Words = ""
    sv: Words = ""
    en: Words = ""
    banner: Literal["", "1"] = ""
    moves: Literal["", "1"] = ""

    @property
    def texts(self) -> Mapping[str, str]:
        """The words in each language that has any."""
        return {code: text for code in LANGUAGES if (text := getattr(self, code))}


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom and when a form means."""

    scope: Scope
    span: TimeSpan


def meant(
    form: DisruptionForm, member: StaffMember, zone: ZoneInfo, *, is_own: bool, now: datetime
) -> Meant | Mapping[str, str]:
    """Return what is meant, or a kind of error for each field that is wrong.

    An adviser means themselves, whatever was sent.
    """
    wrong: dict[str, str] = {}
    scope = Scope(adviser_id=member.id) if is_own else _scope(form.whom, member)
    if scope is None:
        wrong["whom"] = "enum"
    span = _span(form, zone, now=now)
    if isinstance(span, TimeSpan):
        wrong |= {} if form.texts else {"fi": "words_needed"}
    else:
        wrong |= span
    if wrong or scope is None or not isinstance(span, TimeSpan):
        return wrong
    return Meant(scope, span)


def typed(form: DisruptionForm) -> dict[str, Any]:
    """Return a form's values as they are typed, for a form that comes back or travels hidden."""
    given = form.model_dump(mode="json", exclude={"go", "id"})
    for name in ("since", "until"):
        given[name] = (given[name] or "")[:5]
    return {name: "" if value is None else value for name, value in given.items()}


def _scope(whom: str, member: StaffMember) -> Scope | None:
    if whom == HOUSE:
        return Scope()
    if whom == TEAM:
        return Scope(team_id=member.team_id)
    kind, _, written = whom.partition(":")
    try:
        found = UUID(written)
    except ValueError:
        return None
    scopes = {OFFERING: Scope(offering_id=found), ADVISER: Scope(adviser_id=found)}
    return scopes.get(f"{kind}:")


def _span(form: DisruptionForm, zone: ZoneInfo, *, now: datetime) -> TimeSpan | Mapping[str, str]:
    """Return the stretch, whole days where no times are given, in the house's zone."""
    today, last = now.astimezone(zone).date(), form.last or form.first
    for name, day in (("first", form.first), ("last", last)):
        if abs(day - today) > _NEAR:
            return {name: "day_far"}
    start = datetime.combine(form.first, form.since or time(), tzinfo=zone).astimezone(UTC)
    if form.until:
        end = datetime.combine(last, form.until, tzinfo=zone).astimezone(UTC)
    else:
        end = midnight(last + timedelta(days=1), zone).astimezone(UTC)
    if end <= start:
        return {"until" if form.until else "last": "reversed"}
    if end <= now:
        return {"first": "passed"}
    return {"last": "span_too_long"} if end - start > LONGEST else TimeSpan(start, end)

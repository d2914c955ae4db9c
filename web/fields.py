"""Kinds of fields that forms and the API share, each with what makes it right."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from booking.source import is_tag

# Atoms with a dot between any two (RFC 5322, 3.2.3): what is none can be put into no letter's head.
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]", "[A-Za-z0-9-]"
EMAIL = re.compile(rf"{_ATOM}{{1,64}}(?:\.{_ATOM}{{1,64}})*@(?:{_LABEL}{{1,63}}\.)+{_LABEL}{{2,63}}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")
FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
# Controls, ends of lines and what turns the direction of writing are no part of a name.
_NOT_IN_NAME = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff"
NAME = re.compile(rf"[^{_NOT_IN_NAME}]*[^\s{_NOT_IN_NAME}][^{_NOT_IN_NAME}]*")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,24}")


def _email(text: str) -> str:
    if not EMAIL.fullmatch(text):
        raise PydanticCustomError("email", "not an e-mail address")
    return text


def _maybe_email(text: str) -> str:
    return _email(text) if text else ""


def _phone(text: str) -> str:
    if text and not PHONE.fullmatch(text):
        raise PydanticCustomError("phone", "not a phone number")
    return text


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise PydanticCustomError("wrong", "not a name")
    return text.strip()


def _in_reach(day: date) -> date:
    """Let pass no day so near an end of the calendar that a zone or a step would lead over it."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("date_from_datetime_parsing", "not a day of ours")
    return day


def _source(text: str) -> str:
    if text and not is_tag(text):
        raise PydanticCustomError("source", "not a tag of a source")
    return text


def _written(value: object) -> object:
    """Let pass what is written as a date and a time; pydantic alone would take a bare number of seconds."""
    if not isinstance(value, str) or not MOMENT.match(value):
        raise PydanticCustomError("datetime", "not a moment of RFC 3339")
    return value


def _utc(moment: datetime) -> datetime:
    """Return it in UTC; what an offset carries over an end of the calendar stays at that end."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return FIRST if moment.year == FIRST.year else LAST


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


Day = Annotated[date, AfterValidator(_in_reach)]
MaybeDay = Annotated[Day | None, BeforeValidator(_none_if_empty)]
Utc = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_utc)]


def _written_so(pattern: str) -> JsonDict:
    """Describe what a validator of ours takes, for who reads the schema; errors stay the validator's."""
    return {"pattern": f"^(?:{pattern})$"}


Email = Annotated[
    str,
    Field(min_length=1, max_length=254, json_schema_extra=_written_so(EMAIL.pattern)),
    AfterValidator(_email),
]
MaybeEmail = Annotated[str, Field(max_length=254), AfterValidator(_maybe_email)]
Phone = Annotated[
    str, Field(max_length=40, json_schema_extra=_written_so(f"|{PHONE.pattern}")), AfterValidator(_phone)
]
Name = Annotated[
    str,
    Field(min_length=1, max_length=100, json_schema_extra=_written_so(NAME.pattern)),
    AfterValidator(_name),
]
Language = Literal["fi", "sv", "en"]
Reached = Literal["mail", "sms", "both"]
MaybeLanguage = Annotated[Language | None, BeforeValidator(_none_if_empty)]
SourceTag = Annotated[str, AfterValidator(_source)]
MaybeId = Annotated[UUID | None, BeforeValidator(_none_if_empty)]

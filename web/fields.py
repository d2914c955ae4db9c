"""Kinds of fields that forms and the API share, each with what makes it right."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

EMAIL = re.compile(r"[^@\s,;<>\"()]{1,64}@[^@\s,;<>\"()]{1,190}\.[^@\s.,;<>\"()]{2,63}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,24}")


def _email(text: str) -> str:
    if not EMAIL.fullmatch(text):
        raise PydanticCustomError("email", "not an e-mail address")
    return text


def _phone(text: str) -> str:
    if text and not PHONE.fullmatch(text):
        raise PydanticCustomError("phone", "not a phone number")
    return text


def _name(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise PydanticCustomError("wrong", "not a name")
    return text.strip()


def _written(value: object) -> object:
    """Let pass what is written as a date and a time; pydantic alone would take a bare number of seconds."""
    if not isinstance(value, str) or not MOMENT.match(value):
        raise PydanticCustomError("datetime", "not a moment of RFC 3339")
    return value


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("datetime", "out of range") from None


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


Utc = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_utc)]
Email = Annotated[str, Field(min_length=1, max_length=254), AfterValidator(_email)]
Phone = Annotated[str, Field(max_length=40), AfterValidator(_phone)]
Name = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_name)]
Language = Literal["fi", "sv", "en"]
MaybeId = Annotated[UUID | None, BeforeValidator(_none_if_empty)]

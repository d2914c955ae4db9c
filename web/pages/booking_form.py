"""What somebody who books is asked, and what makes it right."""

import re
from collections.abc import Mapping
from datetime import UTC
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

EMAIL = re.compile(r"[^@\s,;<>\"()]{1,64}@[^@\s,;<>\"()]{1,190}\.[^@\s.,;<>\"()]{2,63}")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,24}")


def _email(text: str) -> str:
    if not EMAIL.fullmatch(text):
        raise PydanticCustomError("email", "not an e-mail address")
    return text


def _phone(text: str) -> str:
    if text and not PHONE.fullmatch(text):
        raise PydanticCustomError("phone", "not a phone number")
    return text


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


Utc = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
Email = Annotated[str, Field(min_length=1, max_length=254), AfterValidator(_email)]
Phone = Annotated[str, Field(max_length=40), AfterValidator(_phone)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Language = Literal["fi", "sv", "en"]
MaybeId = Annotated[UUID | None, BeforeValidator(_none_if_empty)]


class TimeQuestion(BaseModel):
    """The time that an address names, and perhaps with whom."""

    start: Utc
    adviser: MaybeId = None


class BookedTime(BaseModel):
    offering_id: UUID
    start: Utc
    adviser_id: MaybeId = None


class BookingForm(BookedTime):
    name: Name
    email: Email
    phone: Phone = ""
    language: Language = "fi"

    @staticmethod
    def asked() -> tuple[str, ...]:
        """Return the names of the visible fields in the order of the page."""
        return ("name", "email", "phone", "language")

    @staticmethod
    def time_in(values: Mapping[str, Any]) -> BookedTime | None:
        """Return the time in what was sent, or None when that alone is broken already."""
        try:
            return BookedTime.model_validate(values)
        except ValidationError:
            return None

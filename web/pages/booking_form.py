"""What somebody who books is asked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from web.fields import Email, Language, MaybeId, Name, Phone, Utc


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

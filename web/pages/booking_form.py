"""What somebody who books is asked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from web.fields import Email, Language, MaybeId, Name, Phone, Utc


class BookedTime(BaseModel):
    """The time that a form is about, said by the form itself: the hold may have gone meanwhile."""

    offering_id: UUID
    start: Utc
    adviser_id: MaybeId = None


class BookingForm(BookedTime):
    name: Name
    email: Email
    phone: Phone = ""
    language: Language = "fi"

    @staticmethod
    def time_in(values: Mapping[str, Any]) -> BookedTime | None:
        """Return the time in what was sent, or None when that alone is broken already."""
        try:
            return BookedTime.model_validate(values)
        except ValidationError:
            return None

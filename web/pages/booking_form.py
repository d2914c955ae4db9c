"""What somebody who books fills in: who they are, how they are reached, and what the offering asks."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from booking.offering import Offering
from web.fields import Email, Language, MaybeId, Name, Phone, Reached, Utc
from web.forms import Form
from web.pages.asked import answer_faults, answers_in, phone_faults, terms_faults, with_faults


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
    reached_by: Reached = "mail"

    @staticmethod
    def time_in(values: Mapping[str, Any]) -> BookedTime | None:
        """Return the time in what was sent, or None when that alone is broken already."""
        try:
            return BookedTime.model_validate(values)
        except ValidationError:
            return None


def checked(form: Form[BookingForm], offering: Offering, language: str) -> Form[BookingForm]:
    """Add what is wrong with the answers, with terms that changed meanwhile, and a number that is missing."""
    asked = form.model
    faults = {
        **answer_faults(offering, answers_in(form.values, offering), language),
        **terms_faults(offering, form.values, language),
        **(phone_faults(asked.reached_by, asked.phone) if asked else {}),
    }
    return with_faults(form, faults)

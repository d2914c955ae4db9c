"""What somebody who books is asked: who they are, what the offering asks, and which terms they saw."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError

from booking.errors import BadAnswers
from booking.offering import Offering
from booking.question import answers_to
from booking.texts import in_language
from web.fields import Email, Language, MaybeId, Name, Phone, Reached, Utc
from web.forms import Form

ANSWER = "answer-"
TERMS = "terms"


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


def answers_in(values: Mapping[str, Any], offering: Offering) -> dict[str, str]:
    """Return what was answered, by question key."""
    return {one.key: str(values.get(ANSWER + one.key, "")) for one in offering.questions}


def terms_seen(offering: Offering, language: str) -> str:
    """Return a digest of the terms as they are shown; a form brings it back."""
    return sha256(in_language(offering.terms, language).encode()).hexdigest()[:16]


def checked(form: Form[BookingForm], offering: Offering, language: str) -> Form[BookingForm]:
    """Add what is wrong with the answers, with terms that changed meanwhile, and a number that is missing."""
    faults: dict[str, str] = {}
    try:
        answers_to(offering.questions, answers_in(form.values, offering), language)
    except BadAnswers as wrong:
        faults = {ANSWER + key: fault for key, fault in wrong.faults.items()}
    if offering.terms and form.values.get(TERMS) != terms_seen(offering, language):
        faults[TERMS] = "terms_changed"
    if form.model and form.model.reached_by != "mail" and not form.model.phone:
        faults["phone"] = "phone_needed"
    if not faults:
        return form
    return replace(form, errors={**form.errors, **faults}, model=None)

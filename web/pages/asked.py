"""What an offering asks of whoever books: its questions, its terms, and what is wrong with what was said."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from booking.errors import BadAnswers
from booking.offering import Offering
from booking.question import answers_to
from booking.texts import in_language
from web.forms import Form, ModelT

ANSWER = "answer-"
TERMS = "terms"


def answers_in(values: Mapping[str, Any], offering: Offering) -> dict[str, str]:
    """Return what was answered, by question key."""
    return {one.key: str(values.get(ANSWER + one.key, "")) for one in offering.questions}


def terms_seen(offering: Offering, language: str) -> str:
    """Return a digest of the terms as they are shown; a form brings it back."""
    return sha256(in_language(offering.terms, language).encode()).hexdigest()[:16]


def answer_faults(offering: Offering, given: Mapping[str, str], language: str) -> dict[str, str]:
    """Return what is wrong with answers, by the name of the field."""
    try:
        answers_to(offering.questions, given, language)
    except BadAnswers as wrong:
        return {ANSWER + key: fault for key, fault in wrong.faults.items()}
    return {}


def terms_faults(offering: Offering, values: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return what is wrong when the terms are others by now than those that were shown."""
    if offering.terms and values.get(TERMS) != terms_seen(offering, language):
        return {TERMS: "terms_changed"}
    return {}


def phone_faults(reached_by: str, phone: str) -> dict[str, str]:
    """Return what is wrong when text messages are wanted, and no number was given."""
    return {"phone": "phone_needed"} if reached_by != "mail" and not phone else {}


def with_faults(form: Form[ModelT], faults: Mapping[str, str]) -> Form[ModelT]:
    """Add what else is wrong; a form with anything wrong has no model."""
    return replace(form, errors={**form.errors, **faults}, model=None) if faults else form

"""What an adviser fills in for a caller: who they are, how they are reached, and what the offering asks."""

from dataclasses import replace

from pydantic import BaseModel

from booking.appointment import Customer
from booking.errors import BadAnswers
from booking.offering import Offering
from booking.question import answers_to
from web.fields import Language, MaybeEmail, MaybeId, Name, Phone, Utc
from web.forms import Form
from web.pages.booking_form import ANSWER, answers_in


class DeskBooking(BaseModel):
    """`is_told` is ticked when neither address nor phone is known, and the link is read aloud."""

    start: Utc
    adviser: MaybeId = None
    name: Name
    email: MaybeEmail = ""
    phone: Phone = ""
    language: Language = "fi"
    is_told: str = ""

    @property
    def customer(self) -> Customer:
        return Customer(name=self.name, email=self.email, phone=self.phone, language=self.language)


def checked(form: Form[DeskBooking], offering: Offering, language: str) -> Form[DeskBooking]:
    """Add what is wrong with the answers, and that nobody could reach the customer."""
    faults: dict[str, str] = {}
    try:
        answers_to(offering.questions, answers_in(form.values, offering), language)
    except BadAnswers as wrong:
        faults = {ANSWER + key: fault for key, fault in wrong.faults.items()}
    asked = form.model
    if asked and not (asked.email or asked.phone or asked.is_told):
        faults["is_told"] = "unreachable"
    return replace(form, errors={**form.errors, **faults}, model=None) if faults else form

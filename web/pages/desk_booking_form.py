"""What an adviser fills in for a caller: who they are, how they are reached, and what the offering asks."""

from dataclasses import replace

from pydantic import BaseModel

from booking.appointment import Customer
from booking.errors import BadAnswers
from booking.offering import Offering
from booking.question import answers_to
from web.fields import Language, MaybeEmail, MaybeId, Name, Phone, Reached, Utc
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
    reached_by: Reached = "mail"
    is_told: str = ""

    def customer(self, *, has_sms: bool) -> Customer:
        return Customer(
            name=self.name,
            email=self.email,
            phone=self.phone,
            language=self.language,
            reached_by=self.reached_by if has_sms else "mail",
        )


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
    elif asked and asked.reached_by != "mail" and not asked.phone:
        faults["phone"] = "phone_needed"
    return replace(form, errors={**form.errors, **faults}, model=None) if faults else form

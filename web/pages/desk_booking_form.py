"""What an adviser fills in for a caller: who they are, how they are reached, and what the offering asks."""

from pydantic import BaseModel

from booking.appointment import Customer
from booking.offering import Offering
from web.fields import Language, MaybeEmail, MaybeId, Name, Phone, Reached, Utc
from web.forms import Form
from web.pages.asked import answer_faults, answers_in, phone_faults, with_faults


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
    faults = answer_faults(offering, answers_in(form.values, offering), language)
    return with_faults(form, {**faults, **(_out_of_reach(form.model) if form.model else {})})


def _out_of_reach(asked: DeskBooking) -> dict[str, str]:
    if not (asked.email or asked.phone or asked.is_told):
        return {"is_told": "unreachable"}
    return phone_faults(asked.reached_by, asked.phone)

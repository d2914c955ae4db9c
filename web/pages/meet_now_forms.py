"""What is asked of somebody who comes without a time: to meet now, to be called, or to be told of a time."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from pydantic import BaseModel

from booking.appointment import Customer
from booking.offering import Offering
from web.fields import Email, Language, MaybeEmail, Name, Phone, Utc
from web.forms import Form
from web.pages.asked import answer_faults, answers_in, terms_faults, with_faults


class Deed(StrEnum):
    """What somebody does who came to meet us without a time."""

    NOW = "now"
    CALL = "call"
    WAIT = "wait"


class Person(BaseModel):
    """Who comes: an address or a number will do."""

    name: Name
    email: MaybeEmail = ""
    phone: Phone = ""
    language: Language = "fi"

    def customer(self) -> Customer:
        return Customer(name=self.name, email=self.email, phone=self.phone, language=self.language)


class Caller(Person):
    """Who is to be called; `start` is by when, as the page has said."""

    start: Utc


class Waiter(Person):
    """Who takes the next free time, and waits for an earlier one, which is offered by mail."""

    email: Email
    start: Utc


FORMS: Mapping[Deed, type[Person]] = MappingProxyType(
    {Deed.NOW: Person, Deed.CALL: Caller, Deed.WAIT: Waiter}
)


def checked(form: Form[Person], deed: Deed, offering: Offering, language: str) -> Form[Person]:
    """Add what is wrong with the answers and the terms, and that nobody could reach the customer."""
    faults: dict[str, str] = {}
    if deed is not Deed.CALL:
        faults |= answer_faults(offering, answers_in(form.values, offering), language)
        faults |= terms_faults(offering, form.values, language)
    if form.model and not form.model.phone and (deed is Deed.CALL or not form.model.email):
        faults |= {"phone": "missing"} if deed is Deed.CALL else {"email": "reach_needed"}
    return with_faults(form, faults)

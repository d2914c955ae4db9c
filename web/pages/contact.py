"""The customer changes how they are reached; what is kept now is shown masked."""

from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import BaseModel, BeforeValidator

from booking.change_contact import Contact, change_contact
from booking.errors import OwnOverlap, TooManyChanges
from booking.fact import Actor
from web.fields import Email, Language, Phone, Reached
from web.forms import Form, blank, submitted
from web.guard import customer_appointment
from web.keys import CLOCK, UNITS
from web.mailboxes import count_named
from web.masking import masked_email, masked_phone
from web.pages.visit import Visit, home_of, visit_of
from web.render import page


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


class ContactForm(BaseModel):
    """A field that is left empty leaves things as they are."""

    email: Annotated[Email | None, BeforeValidator(_none_if_empty)] = None
    phone: Annotated[Phone | None, BeforeValidator(_none_if_empty)] = None
    language: Language
    no_phone: Literal["", "1"] = ""
    reached_by: Reached | None = None

    def contact(self) -> Contact:
        return Contact(
            email=self.email,
            phone="" if self.no_phone else self.phone,
            language=self.language,
            reached_by=self.reached_by,
        )

    def lacks_phone(self, kept: str) -> bool:
        """Tell whether text messages are wished for and no number is left to write to."""
        return self.reached_by in ("sms", "both") and (bool(self.no_phone) or not (self.phone or kept))


async def ask_contact(request: web.Request) -> web.Response:
    found = await visit_of(request)
    if not can_change_contact(found, request):
        raise web.HTTPSeeOther(home_of(request))
    now = found.appointment.customer
    return _shown(request, found, blank(language=now.language, reached_by=now.reached_by))


async def change_it(request: web.Request) -> web.Response:
    form = await submitted(request, ContactForm)
    found = await visit_of(request)
    if form.model is None:
        return _shown(request, found, form, status=422)
    if form.model.lacks_phone(found.appointment.customer.phone):
        return _shown(request, found, Form(values=form.values, errors={"phone": "phone_needed"}), status=422)
    if form.model.email or form.model.phone:
        await count_named(request, form.model.email or "", form.model.phone or "")
    try:
        await _change(request, form.model.contact())
    except OwnOverlap:
        return _shown(request, found, _wrong(form, "own_overlap"), status=409)
    except TooManyChanges:
        return _shown(request, found, _wrong(form, "too_many_changes"), status=429)
    raise web.HTTPSeeOther(f"{home_of(request)}?contact=1")


async def _change(request: web.Request, contact: Contact) -> None:
    appointment = await customer_appointment(request)
    now = request.app[CLOCK]()
    await request.app[UNITS].do(
        lambda unit: change_contact(unit, appointment.id, contact, by=Actor.CUSTOMER, now=now)
    )


def can_change_contact(found: Visit, request: web.Request) -> bool:
    """Tell whether letters and calls can still come: until the end."""
    return found.appointment.is_live and request.app[CLOCK]() < found.appointment.span.end


def _wrong(form: Form[ContactForm], fault: str) -> Form[Any]:
    return Form(values=form.values, errors={"email": fault})


def _shown(request: web.Request, found: Visit, form: Form[Any], status: int = 200) -> web.Response:
    return page(
        request,
        "manage/contact.html",
        status,
        visit=found,
        token=request.match_info["token"],
        form=form,
        email=masked_email(found.appointment.customer.email),
        phone=masked_phone(found.appointment.customer.phone),
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/contact", ask_contact),
    web.post("/a/{token}/contact", change_it),
)

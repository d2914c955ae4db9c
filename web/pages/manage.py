"""The customer's own page of an appointment: what, when, with whom, and how to change it."""

from aiohttp import web
from pydantic import BaseModel, Field

from booking.afterwards import came_to
from booking.cancel import Reason, cancel
from booking.confirm import confirm
from booking.fact import Actor
from booking.failed import OURS, SAID_WITHIN, can_be_said
from booking.feedback import HELD, feedback_of
from booking.restore import can_restore
from booking.revision import revision_of
from identity.door import identified_as
from web.body import Nothing, read_form, read_query
from web.guard import came_in, customer_appointment
from web.i18n import NAMES, language_of
from web.ics import Entry, calendar
from web.keys import CLOCK, SITE, UNITS
from web.masking import masked_email, masked_phone
from web.pages.call_me import can_ask_call
from web.pages.contact import can_change_contact
from web.pages.intake import intake_of
from web.pages.outcome_words import for_customer
from web.pages.stage_words import last_verdict
from web.pages.visit import home_of, visit_of
from web.pages.waitlist import earlier
from web.render import page


class ManageQuestion(BaseModel):
    """What the page is told of how one came to it; it greets accordingly."""

    booked: str = ""
    moved: str = ""
    confirmed: str = ""
    restored: str = ""
    contact: str = ""
    waiting: str = ""
    identified: str = ""


class CancelForm(BaseModel):
    reason: Reason = Field(default=Reason.NOT_GIVEN)


async def manage(request: web.Request) -> web.Response:
    found = await visit_of(request)
    question = read_query(request, ManageQuestion)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        facts = await unit.facts.of(found.appointment.id)
        is_restorable = await can_restore(unit, found.appointment, now=now)
        intake = await intake_of(unit, found, language_of(request))
        advisers = await unit.advisers.of_offering(found.offering.id)
        earlier_times = await earlier(unit, found, now=now)
        session = await came_in(request, unit, found.appointment.id)
        proof = await identified_as(unit, session) if session else None
        beforehand = await unit.identifications.at_booking(found.appointment.id)
    customer = found.appointment.customer
    outcome = came_to(found.appointment, facts, found.offering.rules, now=now)
    is_sayable = can_be_said(found.appointment, facts) and now < found.appointment.span.end + SAID_WITHIN
    return page(
        request,
        "manage/manage.html",
        verdict=last_verdict(facts),
        visit=found,
        zone=found.zone,
        appointment=found.appointment,
        token=request.match_info["token"],
        outcome_text=for_customer(found.appointment),
        is_sorry=outcome in OURS,
        is_held=outcome in HELD,
        has_answered=feedback_of(facts) is not None,
        can_say_failed=is_sayable and outcome is not None and outcome not in OURS,
        greeting=next((name for name, value in question if value), ""),
        email=masked_email(customer.email),
        phone=masked_phone(customer.phone),
        written_in=NAMES[customer.language],
        can_restore=is_restorable,
        is_known=proof is not None and proof.person_id is not None,
        identified_at=beforehand.at if beforehand else None,
        intake=intake,
        can_book_again=found.offering.is_open and found.adviser in advisers,
        can_ask_call=can_ask_call(found, request),
        can_change_contact=can_change_contact(found, request),
        is_door_open=found.is_door_open(now),
        can_change=found.can_change(now),
        earlier=earlier_times,
        is_over=now >= found.door_closes_at,
        is_early=now < found.door_opens_at,
    )


async def confirm_coming(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    appointment = await customer_appointment(request)
    now = request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: confirm(unit, appointment.id, by=Actor.CUSTOMER, now=now))
    raise web.HTTPSeeOther(f"{home_of(request)}?confirmed=1")


async def ask_confirm(request: web.Request) -> web.Response:
    """The page behind the letter's "I'm coming": one big button, since scanners follow links."""
    found = await visit_of(request)
    if not found.appointment.is_live or found.appointment.confirmed_at:
        raise web.HTTPSeeOther(home_of(request))
    return page(
        request, "manage/confirm.html", visit=found, zone=found.zone, token=request.match_info["token"]
    )


async def ask_cancel(request: web.Request) -> web.Response:
    found = await visit_of(request)
    if not found.can_change(request.app[CLOCK]()):
        raise web.HTTPSeeOther(home_of(request))
    reasons = [reason for reason in Reason if reason is not Reason.NOT_GIVEN]
    return page(
        request,
        "manage/cancel.html",
        visit=found,
        zone=found.zone,
        token=request.match_info["token"],
        reasons=reasons,
    )


async def cancel_it(request: web.Request) -> web.Response:
    form = await read_form(request, CancelForm)
    appointment = await customer_appointment(request)
    now = request.app[CLOCK]()
    await request.app[UNITS].do(
        lambda unit: cancel(unit, appointment.id, by=Actor.CUSTOMER, now=now, reason=form.reason)
    )
    raise web.HTTPSeeOther(home_of(request))


async def calendar_file(request: web.Request) -> web.Response:
    found = await visit_of(request)
    async with request.app[UNITS].read() as unit:
        history = await unit.facts.of(found.appointment.id)
    site = request.app[SITE]
    home = f"{site.public_url}{home_of(request)}"
    entry = Entry(
        appointment=found.appointment,
        revision=revision_of(found.appointment, history),
        organisation=site.organisation,
        manage_url=home,
        door_url=f"{home}/door",
    )
    return web.Response(
        body=calendar(entry, language_of(request)),
        content_type="text/calendar",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="kohtaamo.ics"'},
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}", manage),
    web.get("/a/{token}/confirm", ask_confirm),
    web.post("/a/{token}/confirm", confirm_coming),
    web.get("/a/{token}/cancel", ask_cancel),
    web.post("/a/{token}/cancel", cancel_it),
    web.get("/a/{token}/calendar.ics", calendar_file),
)

"""Tell me if an earlier time frees up: on and off again, with what suits."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel

from booking.appointment import Appointment, Status
from booking.fact import Actor
from booking.offer import Offer
from booking.refill import RefillMode
from booking.wait import EarlierWish, stop_waiting, wait
from booking.waiting import Waiting
from web.body import Nothing, read_form
from web.fields import MaybeDay
from web.forms import Form, blank, submitted
from web.guard import customer_appointment
from web.keys import CLOCK, UNITS
from web.moments import midnight
from web.pages.visit import Visit, home_of, visit_of
from web.ports import Unit
from web.render import page


class WaitForm(BaseModel):
    """Which earlier times suit; all of them, unless something is said."""

    not_before: MaybeDay = None
    same_adviser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What the pages of an appointment tell of earlier times: the form, the wish, and an open offer."""

    form: Form[BaseModel] | Form[WaitForm]
    first_day: date
    last_day: date
    waiting: Waiting | None
    offer: Offer | None
    offer_token: str
    can_wait: bool


async def earlier(unit: Unit, found: Visit, *, now: datetime, form: Form[WaitForm] | None = None) -> Earlier:
    """Read what there is to tell; without a form that came back, the wish fills a fresh one."""
    appointment = found.appointment
    waiting = await unit.waitlist.of(appointment.id)
    offer = await unit.offers.open_of(appointment.id)
    is_open = offer is not None and offer.is_open(now)
    zone = ZoneInfo(appointment.zone)
    return Earlier(
        form=form or _form_of(waiting, zone),
        first_day=now.astimezone(zone).date(),
        last_day=appointment.span.start.astimezone(zone).date(),
        waiting=waiting,
        offer=offer if is_open else None,
        offer_token=await unit.offers.token(offer.id) if offer and is_open else "",
        can_wait=_can_wait(found, now),
    )


async def ask_wait(request: web.Request) -> web.Response:
    """The page on which to say which times suit."""
    found = await visit_of(request)
    if not _can_wait(found, request.app[CLOCK]()):
        raise web.HTTPSeeOther(home_of(request))
    return await _ask(request, found)


async def wait_for_it(request: web.Request) -> web.Response:
    form = await submitted(request, WaitForm)
    found = await visit_of(request)
    not_before = _moment(form.model, found.appointment) if form.model else None
    if form.model and not_before and not_before >= found.appointment.span.start:
        form = Form(values=form.values, errors={"not_before": "not_earlier"})
    if form.model is None:
        return await _ask(request, found, form, status=422)
    now = request.app[CLOCK]()
    limit = not_before if not_before and not_before > now else None  # a day that has begun limits nothing
    wish = EarlierWish(not_before=limit, same_adviser=form.model.same_adviser)
    await request.app[UNITS].do(
        lambda unit: wait(unit, found.appointment.id, wish, by=Actor.CUSTOMER, now=now)
    )
    raise web.HTTPSeeOther(f"{home_of(request)}?waiting=1#earlier")


async def wait_no_more(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    appointment = await customer_appointment(request)
    now = request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: stop_waiting(unit, appointment.id, by=Actor.CUSTOMER, now=now))
    raise web.HTTPSeeOther(f"{home_of(request)}#earlier")


async def _ask(
    request: web.Request, found: Visit, form: Form[WaitForm] | None = None, *, status: int = 200
) -> web.Response:
    async with request.app[UNITS].read() as unit:
        told = await earlier(unit, found, now=request.app[CLOCK](), form=form)
    token = request.match_info["token"]
    return page(
        request, "manage/waitlist.html", status, zone=found.zone, visit=found, token=token, earlier=told
    )


def _can_wait(found: Visit, now: datetime) -> bool:
    """Tell whether the switch is of use: refilling is on, a letter can come, and there is time left."""
    return (
        found.appointment.status is Status.BOOKED
        and found.can_change(now)
        and found.offering.refill.mode is not RefillMode.OFF
        and bool(found.appointment.customer.email)
    )


def _moment(form: WaitForm, appointment: Appointment) -> datetime | None:
    """Return when the first day that suits begins on the customer's clock."""
    if form.not_before is None:
        return None
    return midnight(form.not_before, ZoneInfo(appointment.zone)).astimezone(UTC)


def _form_of(waiting: Waiting | None, zone: ZoneInfo) -> Form[BaseModel]:
    if waiting is None:
        return blank()
    day = waiting.not_before.astimezone(zone).date().isoformat() if waiting.not_before else ""
    return blank(not_before=day, same_adviser="1" if waiting.same_adviser else "")


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/waitlist", ask_wait),
    web.post("/a/{token}/waitlist", wait_for_it),
    web.post("/a/{token}/waitlist/off", wait_no_more),
)

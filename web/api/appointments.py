"""Book, read, move, cancel and confirm appointments."""

from aiohttp import web

from booking.appointment import Appointment, Customer
from booking.cancel import Reason, cancel
from booking.confirm import confirm
from booking.errors import NotFound
from booking.fact import Actor
from booking.move import move
from booking.reserve import Wish, reserve
from web.api.answers import told
from web.api.call import Call
from web.api.caller import caller
from web.api.models import (
    AppointmentAnswer,
    BookBody,
    CancelBody,
    FactAnswer,
    FactsAnswer,
    MoveBody,
    NoBody,
)
from web.api.once import Reply, Work, once
from web.i18n import N_
from web.keys import CLOCK, SITE, UNITS
from web.path import path_id
from web.ports import Unit

SCOPE = "booking"


async def book(request: web.Request) -> web.Response:
    key = await caller(request, SCOPE)
    now = request.app[CLOCK]()

    def work(body: BookBody) -> Work:
        wish = _wish(body)

        async def done(unit: Unit) -> Reply:
            reserved = await reserve(unit, wish, now=now)
            return await _reply(request, unit, reserved.appointment, 201)

        return done

    return await once(request, key, BookBody, work)


async def read(request: web.Request) -> web.Response:
    await caller(request, SCOPE)
    async with request.app[UNITS].read() as unit:
        appointment = await unit.appointments.get(path_id(request, "appointment_id"))
        answer = await _answer(request, unit, appointment)
    return told(answer, without_none=True)


async def move_it(request: web.Request) -> web.Response:
    key = await caller(request, SCOPE)
    appointment_id, now = path_id(request, "appointment_id"), request.app[CLOCK]()

    def work(body: MoveBody) -> Work:
        async def done(unit: Unit) -> Reply:
            moved = await move(
                unit, appointment_id, body.start, by=Actor.API, now=now, adviser_id=body.adviser_id
            )
            return await _reply(request, unit, moved)

        return done

    return await once(request, key, MoveBody, work)


async def cancel_it(request: web.Request) -> web.Response:
    """Cancel for the customer, unless the body says that it is the organisation that does."""
    key = await caller(request, SCOPE)
    appointment_id, now = path_id(request, "appointment_id"), request.app[CLOCK]()

    def work(body: CancelBody) -> Work:
        by = Actor.API if body.by == "us" else Actor.CUSTOMER

        async def done(unit: Unit) -> Reply:
            cancelled = await cancel(unit, appointment_id, by=by, now=now, reason=_reason(body.reason))
            return await _reply(request, unit, cancelled)

        return done

    return await once(request, key, CancelBody, work)


async def confirm_it(request: web.Request) -> web.Response:
    key = await caller(request, SCOPE)
    appointment_id, now = path_id(request, "appointment_id"), request.app[CLOCK]()

    def work(_: NoBody) -> Work:
        async def done(unit: Unit) -> Reply:
            return await _reply(request, unit, await confirm(unit, appointment_id, by=Actor.API, now=now))

        return done

    return await once(request, key, NoBody, work)


async def facts(request: web.Request) -> web.Response:
    await caller(request, SCOPE)
    async with request.app[UNITS].read() as unit:
        appointment = await unit.appointments.get(path_id(request, "appointment_id"))
        history = await unit.facts.of(appointment.id)
    return told(
        FactsAnswer(
            facts=[
                FactAnswer(seq=one.seq, at=one.at, kind=one.kind, by=one.by, detail=dict(one.detail))
                for one in history
            ]
        )
    )


def _wish(body: BookBody) -> Wish:
    customer = body.customer
    return Wish(
        offering_id=body.offering_id,
        start=body.start,
        adviser_id=body.adviser_id,
        customer=Customer(
            name=customer.name, email=customer.email, phone=customer.phone, language=customer.language
        ),
        by=Actor.API,
        source="api",
    )


def _reason(text: str | None) -> Reason:
    if not text:
        return Reason.NOT_GIVEN
    return Reason(text) if text in list(Reason) else Reason.OTHER


async def _reply(request: web.Request, unit: Unit, appointment: Appointment, status: int = 200) -> Reply:
    answer = await _answer(request, unit, appointment)
    return Reply(status, answer.model_dump_json(exclude_none=True))


async def _answer(request: web.Request, unit: Unit, appointment: Appointment) -> AppointmentAnswer:
    try:
        token = await unit.links.token(appointment.id)
    except NotFound:
        token = None
    return AppointmentAnswer.of(appointment, token, request.app[SITE].public_url)


HERE = "/api/v1/appointments/{appointment_id}"
GONE = ((404, "not-found"), (409, "wrong-status, too-late"))
TAKEN = ((404, "not-found"), (409, "slot-taken, slot-not-offered, too-late"))

CALLS = (
    Call(
        method="POST",
        path="/api/v1/appointments",
        handler=book,
        summary=N_("Book an appointment"),
        scope=SCOPE,
        body=BookBody,
        answer=AppointmentAnswer,
        status=201,
        refusals=TAKEN,
    ),
    Call(
        method="GET",
        path=HERE,
        handler=read,
        summary=N_("Read an appointment"),
        scope=SCOPE,
        answer=AppointmentAnswer,
        refusals=((404, "not-found"),),
    ),
    Call(
        method="POST",
        path=f"{HERE}/move",
        handler=move_it,
        summary=N_("Move an appointment; its links stay"),
        scope=SCOPE,
        body=MoveBody,
        answer=AppointmentAnswer,
        refusals=TAKEN,
    ),
    Call(
        method="POST",
        path=f"{HERE}/cancel",
        handler=cancel_it,
        summary=N_("Cancel an appointment; a second time changes nothing"),
        scope=SCOPE,
        body=CancelBody,
        answer=AppointmentAnswer,
        refusals=GONE,
    ),
    Call(
        method="POST",
        path=f"{HERE}/confirm",
        handler=confirm_it,
        summary=N_("Say that the customer is coming"),
        scope=SCOPE,
        body=NoBody,
        answer=AppointmentAnswer,
        refusals=GONE,
    ),
    Call(
        method="GET",
        path=f"{HERE}/facts",
        handler=facts,
        summary=N_("All that happened to an appointment, in order"),
        scope=SCOPE,
        answer=FactsAnswer,
        refusals=((404, "not-found"),),
    ),
)

ROUTES: tuple[web.RouteDef, ...] = tuple(call.route for call in CALLS)

"""Book appointments, and read them with their history."""

from aiohttp import web

from booking.appointment import Customer
from booking.fact import Actor
from booking.reserve import Wish, reserve
from identity.look import Thing
from web.api.answers import told
from web.api.call import Call
from web.api.caller import caller
from web.api.models import AppointmentAnswer, BookBody, FactAnswer, FactsAnswer
from web.api.once import Reply, Work, once
from web.api.told_appointment import answer_of, booked_reply
from web.i18n import N_
from web.keys import CLOCK, SITE, UNITS
from web.looking import looks_at
from web.path import path_id
from web.ports import Unit


async def book(request: web.Request) -> web.Response:
    key = caller(request)
    now = request.app[CLOCK]()

    def work(body: BookBody) -> Work:
        wish = _wish(body, has_sms=request.app[SITE].has_sms)

        async def done(unit: Unit) -> Reply:
            reserved = await reserve(unit, wish, now=now)
            return booked_reply(request, reserved)

        return done

    return await once(request, key, BookBody, work)


@looks_at(Thing.APPOINTMENT)
async def read(request: web.Request) -> web.Response:
    async with request.app[UNITS].read() as unit:
        appointment = await unit.appointments.get(path_id(request, "appointment_id"))
        answer = await answer_of(request, unit, appointment)
    return told(answer, without_none=True)


@looks_at(Thing.APPOINTMENT)
async def facts(request: web.Request) -> web.Response:
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


def _wish(body: BookBody, *, has_sms: bool) -> Wish:
    customer = body.customer
    return Wish(
        offering_id=body.offering_id,
        start=body.start,
        adviser_id=body.adviser_id,
        hold_id=body.hold_id,
        customer=Customer(
            name=customer.name,
            email=customer.email,
            phone=customer.phone or "",
            language=customer.language,
            reached_by=customer.reached_by if has_sms else "mail",
        ),
        by=Actor.API,
        source="api",
    )


HERE = "/api/v1/appointments/{appointment_id}"
TAKEN = ((404, "not-found"), (409, "slot-taken, slot-not-offered, own-overlap, too-late"))

CALLS = (
    Call(
        method="POST",
        path="/api/v1/appointments",
        handler=book,
        summary=N_("Book an appointment"),
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
        answer=AppointmentAnswer,
        refusals=((404, "not-found"),),
    ),
    Call(
        method="GET",
        path=f"{HERE}/facts",
        handler=facts,
        summary=N_("All that happened to an appointment, in order"),
        answer=FactsAnswer,
        refusals=((404, "not-found"),),
    ),
)

ROUTES: tuple[web.RouteDef, ...] = tuple(call.route for call in CALLS)

"""Change appointments: move, cancel, restore, confirm."""

from aiohttp import web

from booking.cancel import Reason, cancel
from booking.confirm import confirm
from booking.fact import Actor
from booking.move import move
from booking.restore import restore
from web.api.call import Call
from web.api.caller import caller
from web.api.models import AppointmentAnswer, CancelBody, MoveBody, NoBody
from web.api.once import Reply, Work, once
from web.api.told_appointment import reply_of
from web.i18n import N_
from web.keys import CLOCK
from web.path import path_id
from web.ports import Unit

SCOPE = "booking"


async def move_it(request: web.Request) -> web.Response:
    key = await caller(request, SCOPE)
    appointment_id, now = path_id(request, "appointment_id"), request.app[CLOCK]()

    def work(body: MoveBody) -> Work:
        async def done(unit: Unit) -> Reply:
            moved = await move(
                unit, appointment_id, body.start, by=Actor.API, now=now, adviser_id=body.adviser_id
            )
            return await reply_of(request, unit, moved)

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
            return await reply_of(request, unit, cancelled)

        return done

    return await once(request, key, CancelBody, work)


async def restore_it(request: web.Request) -> web.Response:
    key = await caller(request, SCOPE)
    appointment_id, now = path_id(request, "appointment_id"), request.app[CLOCK]()

    def work(_: NoBody) -> Work:
        async def done(unit: Unit) -> Reply:
            return await reply_of(request, unit, await restore(unit, appointment_id, by=Actor.API, now=now))

        return done

    return await once(request, key, NoBody, work)


async def confirm_it(request: web.Request) -> web.Response:
    key = await caller(request, SCOPE)
    appointment_id, now = path_id(request, "appointment_id"), request.app[CLOCK]()

    def work(_: NoBody) -> Work:
        async def done(unit: Unit) -> Reply:
            return await reply_of(request, unit, await confirm(unit, appointment_id, by=Actor.API, now=now))

        return done

    return await once(request, key, NoBody, work)


def _reason(text: str | None) -> Reason:
    if not text:
        return Reason.NOT_GIVEN
    return Reason(text) if text in list(Reason) else Reason.OTHER


HERE = "/api/v1/appointments/{appointment_id}"
GONE = ((404, "not-found"), (409, "wrong-status, too-late"))
TAKEN = (
    (404, "not-found"),
    (409, "slot-taken, slot-not-offered, own-overlap, wrong-status, too-late"),
)

CALLS = (
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
        path=f"{HERE}/restore",
        handler=restore_it,
        summary=N_("Undo a cancellation, if the time is still free"),
        scope=SCOPE,
        body=NoBody,
        answer=AppointmentAnswer,
        refusals=TAKEN,
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
)

ROUTES: tuple[web.RouteDef, ...] = tuple(call.route for call in CALLS)

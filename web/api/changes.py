"""Change appointments: move, cancel, restore, confirm."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.appointment import Appointment
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

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Place:
    """Which appointment a call is about, and when it came."""

    id: UUID
    now: datetime


async def move_it(request: web.Request) -> web.Response:
    def change(unit: Unit, at: Place, body: MoveBody) -> Awaitable[Appointment]:
        return move(unit, at.id, body.start, by=Actor.API, now=at.now, adviser_id=body.adviser_id)

    return await _changed(request, MoveBody, change)


async def cancel_it(request: web.Request) -> web.Response:
    """Cancel for the customer, unless the body says that it is the organisation that does."""

    def change(unit: Unit, at: Place, body: CancelBody) -> Awaitable[Appointment]:
        by = Actor.API if body.by == "us" else Actor.CUSTOMER
        return cancel(unit, at.id, by=by, now=at.now, reason=_reason(body.reason))

    return await _changed(request, CancelBody, change)


async def restore_it(request: web.Request) -> web.Response:
    def change(unit: Unit, at: Place, _: NoBody) -> Awaitable[Appointment]:
        return restore(unit, at.id, by=Actor.API, now=at.now)

    return await _changed(request, NoBody, change)


async def confirm_it(request: web.Request) -> web.Response:
    def change(unit: Unit, at: Place, _: NoBody) -> Awaitable[Appointment]:
        return confirm(unit, at.id, by=Actor.API, now=at.now)

    return await _changed(request, NoBody, change)


async def _changed(
    request: web.Request, model: type[ModelT], change: Callable[[Unit, Place, ModelT], Awaitable[Appointment]]
) -> web.Response:
    """Change the appointment in the address by a verb, once, and answer how it stands then."""
    key = caller(request)
    at = Place(path_id(request, "appointment_id"), request.app[CLOCK]())

    def work(body: ModelT) -> Work:
        async def done(unit: Unit) -> Reply:
            return await reply_of(request, unit, await change(unit, at, body))

        return done

    return await once(request, key, model, work)


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
        body=MoveBody,
        answer=AppointmentAnswer,
        refusals=TAKEN,
    ),
    Call(
        method="POST",
        path=f"{HERE}/cancel",
        handler=cancel_it,
        summary=N_("Cancel an appointment; a second time changes nothing"),
        body=CancelBody,
        answer=AppointmentAnswer,
        refusals=GONE,
    ),
    Call(
        method="POST",
        path=f"{HERE}/restore",
        handler=restore_it,
        summary=N_("Undo a cancellation, if the time is still free"),
        body=NoBody,
        answer=AppointmentAnswer,
        refusals=TAKEN,
    ),
    Call(
        method="POST",
        path=f"{HERE}/confirm",
        handler=confirm_it,
        summary=N_("Say that the customer is coming"),
        body=NoBody,
        answer=AppointmentAnswer,
        refusals=GONE,
    ),
)

ROUTES: tuple[web.RouteDef, ...] = tuple(call.route for call in CALLS)

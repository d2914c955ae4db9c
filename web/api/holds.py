"""Keep slots for a while, and give them back; nobody counts them but the key's rate."""

from aiohttp import web

from booking.hold import Hold
from booking.hold_slot import HoldWish, give_back, hold_slot
from web.api.call import Call
from web.api.caller import caller
from web.api.models import HoldAnswer, HoldBody, NoBody, ReleasedAnswer
from web.api.once import Reply, Work, once
from web.i18n import N_
from web.keys import CLOCK
from web.path import path_id
from web.ports import Unit


async def hold(request: web.Request) -> web.Response:
    key = caller(request)
    now = request.app[CLOCK]()

    def work(body: HoldBody) -> Work:
        wish = HoldWish(offering_id=body.offering_id, start=body.start, adviser_id=body.adviser_id)

        async def done(unit: Unit) -> Reply:
            return Reply(201, _answer(await hold_slot(unit, wish, now=now)).model_dump_json())

        return done

    return await once(request, key, HoldBody, work)


async def release(request: web.Request) -> web.Response:
    """Free what is held; what is held no more answers the same, so that it can be said twice."""
    key = caller(request)
    hold_id = path_id(request, "hold_id")

    def work(_: NoBody) -> Work:
        async def done(unit: Unit) -> Reply:
            await give_back(unit, hold_id)
            return Reply(200, ReleasedAnswer(id=hold_id).model_dump_json())

        return done

    return await once(request, key, NoBody, work)


def _answer(hold: Hold) -> HoldAnswer:
    return HoldAnswer(
        id=hold.id,
        offering_id=hold.offering_id,
        adviser_id=hold.adviser_id,
        start=hold.span.start,
        end=hold.span.end,
        expires_at=hold.expires_at,
    )


CALLS = (
    Call(
        method="POST",
        path="/api/v1/holds",
        handler=hold,
        summary=N_("Hold a slot while its form is filled in"),
        body=HoldBody,
        answer=HoldAnswer,
        status=201,
        refusals=((404, "not-found"), (409, "slot-taken, slot-not-offered, too-late")),
    ),
    Call(
        method="POST",
        path="/api/v1/holds/{hold_id}/release",
        handler=release,
        summary=N_("Give a held slot back; a second time changes nothing"),
        body=NoBody,
        answer=ReleasedAnswer,
        refusals=((404, "not-found"),),
    ),
)

ROUTES: tuple[web.RouteDef, ...] = tuple(call.route for call in CALLS)

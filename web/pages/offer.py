"""An earlier time that was offered: both times side by side, one big button, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from aiohttp import web
from pydantic import BaseModel

from booking.adviser import Adviser
from booking.appointment import Appointment, Status
from booking.claim import claim
from booking.end_offer import decline
from booking.errors import OfferLate, OfferTaken, OfferWithdrawn, OwnOverlap
from booking.find_slots import Wanted, free_slot
from booking.offer import Offer, OfferState
from web.body import Nothing, read_form, read_query
from web.keys import CLOCK, UNITS
from web.pages.visit import Visit, visit
from web.ports import Unit
from web.render import page

Stand: TypeAlias = Literal["open", "claimed", "declined", "late", "taken", "withdrawn", "overlap"]

_ENDED: dict[OfferState, Stand] = {
    OfferState.CLAIMED: "claimed",
    OfferState.DECLINED: "declined",
    OfferState.EXPIRED: "late",
    OfferState.TAKEN: "taken",
    OfferState.WITHDRAWN: "withdrawn",
}
_REFUSED: dict[type[Exception], Stand] = {
    OfferLate: "late",
    OfferTaken: "taken",
    OfferWithdrawn: "withdrawn",
    OwnOverlap: "overlap",
}


class OfferQuestion(BaseModel):
    """Whether a button was pressed once more on what had been claimed."""

    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An offer with all that its pages tell: the own appointment and its link, and who would be met."""

    offer: Offer
    own: Visit
    own_token: str
    adviser: Adviser
    stand: Stand
    is_waiting: bool


async def show(request: web.Request) -> web.Response:
    """Show where the offer stands now; looking at it changes nothing."""
    found = await _found(request)
    is_again = bool(read_query(request, OfferQuestion).again)
    return _page(request, found, is_again=is_again)


async def ask_decline(request: web.Request) -> web.Response:
    """The page behind the letter's "keep my own time": one button, since scanners follow links."""
    found = await _found(request)
    if found.stand != "open":
        raise web.HTTPSeeOther(_home(request))
    return page(request, "offer/decline.html", zone=found.own.zone, found=found, home=_home(request))


async def claim_it(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    found, now = await _found(request), request.app[CLOCK]()
    try:
        claimed = await request.app[UNITS].do(lambda unit: claim(unit, found.offer.id, now=now))
    except (OfferLate, OfferTaken, OfferWithdrawn, OwnOverlap) as refusal:
        return await _refused(request, refusal)
    raise web.HTTPSeeOther(_home(request) if claimed.is_new else f"{_home(request)}?again=1")


async def decline_it(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    found, now = await _found(request), request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: decline(unit, found.offer.id, now=now))
    raise web.HTTPSeeOther(_home(request))


async def _refused(request: web.Request, refusal: Exception) -> web.Response:
    """Say why it could not be had, and what holds now."""
    found = await _found(request)
    stand = found.stand if found.stand == "declined" else _REFUSED[type(refusal)]
    return _page(request, found, stand=stand, status=409)


def _page(
    request: web.Request,
    found: Offered,
    *,
    stand: Stand | None = None,
    status: int = 200,
    is_again: bool = False,
) -> web.Response:
    stand = stand or found.stand
    name = {"open": "offer/offer.html", "claimed": "offer/claimed.html"}.get(stand, "offer/over.html")
    return page(
        request,
        name,
        status,
        zone=found.own.zone,
        found=found,
        stand=stand,
        home=_home(request),
        is_again=is_again,
    )


async def _found(request: web.Request) -> Offered:
    """Read what the token leads to. Raises NotFound, also when the appointment's own link was revoked."""
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        offer = await unit.offers.behind(request.match_info["offer_token"])
        own = await visit(unit, offer.appointment_id)
        return Offered(
            offer=offer,
            own=own,
            own_token=await unit.links.token(own.appointment.id),
            adviser=await unit.advisers.get(offer.adviser_id),
            stand=await _stand(unit, offer, own, now),
            is_waiting=await unit.waitlist.of(own.appointment.id) is not None,
        )


async def _stand(unit: Unit, offer: Offer, own: Visit, now: datetime) -> Stand:
    """Tell what a claim would come to now, before anybody presses a button in vain."""
    if offer.state in _ENDED:
        return _ENDED[offer.state]
    if not offer.is_open(now):
        return "late"
    if not _is_earlier(offer, own.appointment):
        return "withdrawn"
    mine = frozenset({own.appointment.id, *({offer.hold_id} if offer.hold_id else ())})
    wanted = Wanted(adviser_id=offer.adviser_id, but_not_of=mine)
    if await free_slot(unit, own.offering, offer.span.start, now=now, wanted=wanted):
        return "open"
    return "withdrawn" if offer.hold_id else "taken"


def _is_earlier(offer: Offer, appointment: Appointment) -> bool:
    return appointment.status is Status.BOOKED and offer.span.start < appointment.span.start


def _home(request: web.Request) -> str:
    return f"/o/{request.match_info['offer_token']}"


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/o/{offer_token}", show),
    web.post("/o/{offer_token}", claim_it),
    web.get("/o/{offer_token}/decline", ask_decline),
    web.post("/o/{offer_token}/decline", decline_it),
)

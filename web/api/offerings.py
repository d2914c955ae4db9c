"""What can be booked, and when."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from booking.find_slots import Wanted, find_slots
from booking.offering import Offering
from booking.slot import Slot
from web.api.answers import told
from web.api.call import Call
from web.api.models import OfferingAnswer, OfferingsAnswer, SlotAnswer, SlotsAnswer, SlotsQuery
from web.api.period import halves, period
from web.body import read_query
from web.i18n import N_, language_of
from web.keys import CLOCK, UNITS
from web.path import path_id

DEFAULT = timedelta(days=14)


async def offerings(request: web.Request) -> web.Response:
    language = language_of(request)
    async with request.app[UNITS].read() as unit:
        found = [_offering(one, language) for one in await unit.offerings.all()]
    return told(OfferingsAnswer(offerings=found))


async def slots(request: web.Request) -> web.Response:
    """One row per adviser and start; asked for in halves, since one question ends at 62 times 24 hours."""
    query = read_query(request, SlotsQuery)
    now = request.app[CLOCK]()
    found: list[Slot] = []
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(path_id(request, "offering_id"))
        first = query.first or now.isoformat()
        span = period(first, query.end or (now + DEFAULT).isoformat(), ZoneInfo(offering.zone))
        wanted = Wanted(adviser_id=query.adviser)
        for half in halves(span):
            found += await find_slots(unit, offering, half, now=now, wanted=wanted)
    return told(SlotsAnswer(slots=[_slot(one) for one in found]))


def _offering(offering: Offering, language: str) -> OfferingAnswer:
    return OfferingAnswer(
        id=offering.id,
        name=offering.name(language),
        duration_minutes=int(offering.length.total_seconds() // 60),
        assurance=offering.assurance,
        languages=list(offering.languages),
    )


def _slot(slot: Slot) -> SlotAnswer:
    return SlotAnswer(start=slot.span.start, end=slot.span.end, adviser_id=slot.adviser_id)


CALLS = (
    Call(
        method="GET",
        path="/api/v1/offerings",
        handler=offerings,
        summary=N_("What can be booked"),
        answer=OfferingsAnswer,
    ),
    Call(
        method="GET",
        path="/api/v1/offerings/{offering_id}/slots",
        handler=slots,
        summary=N_("Free times of an offering, one row per adviser and start"),
        query=SlotsQuery,
        answer=SlotsAnswer,
        refusals=((404, "not-found"), (422, "bad-period")),
    ),
)

ROUTES: tuple[web.RouteDef, ...] = tuple(call.route for call in CALLS)

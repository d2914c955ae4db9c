"""The refill rate for programs: the same figures as on the admin's page."""

from dataclasses import asdict

from aiohttp import web
from pydantic import BaseModel

from booking.refill_rate import refill_rate
from web.api.answers import told
from web.api.call import Call
from web.api.models import PeriodQuery
from web.api.period import lately
from web.body import read_query
from web.i18n import N_
from web.keys import CLOCK, SITE, UNITS


class RefillRowAnswer(BaseModel):
    """Slots freed with so many hours of notice; `rate`, `low` and `high` are null under 10 of them.

    `rebooked` had an appointment again, in `refilled` somebody else met.
    """

    key: str
    freed: int
    offers: int
    rebooked: int
    refilled: int
    rate: float | None
    low: float | None
    high: float | None


class RefillAnswer(BaseModel):
    n: int
    rows: list[RefillRowAnswer]
    total: RefillRowAnswer
    excluded: dict[str, int]


async def refilled(request: web.Request) -> web.Response:
    """Count; without a period, the last six weeks. Days are days of the house's zone."""
    query = read_query(request, PeriodQuery)
    now = request.app[CLOCK]()
    within = lately(query.first, query.end, request.app[SITE].zone, now=now)
    async with request.app[UNITS].read() as unit:
        found = refill_rate(await unit.freed_slots.refillable(within), now=now)
    return told(
        RefillAnswer(
            n=found.n,
            rows=[RefillRowAnswer(**asdict(row)) for row in found.rows],
            total=RefillRowAnswer(**asdict(found.total)),
            excluded=dict(found.excluded),
        )
    )


CALLS = (
    Call(
        method="GET",
        path="/api/v1/statistics/refill",
        handler=refilled,
        summary=N_("Freed times, and how many of them somebody else met in, by hours of notice"),
        query=PeriodQuery,
        answer=RefillAnswer,
        refusals=((422, "bad-period"),),
    ),
)

ROUTES: tuple[web.RouteDef, ...] = tuple(call.route for call in CALLS)

"""The statistics of attendance for programs: the same figures as on the admin's page."""

from dataclasses import asdict

from aiohttp import web

from booking.attendance import attendance
from web.api.answers import told
from web.api.call import Call
from web.api.models import AttendanceAnswer, AttendanceQuery, RowAnswer
from web.api.period import lately
from web.body import read_query
from web.i18n import N_
from web.keys import CLOCK, SITE, UNITS


async def attended(request: web.Request) -> web.Response:
    """Count by what is asked; without a period, the last six weeks. Days are days of the house's zone."""
    query = read_query(request, AttendanceQuery)
    within = lately(query.first, query.end, request.app[SITE].zone, now=request.app[CLOCK]())
    async with request.app[UNITS].read() as unit:
        found = attendance(await unit.attendance.attended(within), query.by)
    rows = [RowAnswer(**asdict(row)) for row in found.rows]
    return told(AttendanceAnswer(n=found.n, rows=rows, excluded=dict(found.excluded)))


CALLS = (
    Call(
        method="GET",
        path="/api/v1/statistics/attendance",
        handler=attended,
        summary=N_("Due appointments, no-shows and their rate with its 95 % interval"),
        query=AttendanceQuery,
        answer=AttendanceAnswer,
        refusals=((422, "bad-period"),),
    ),
)

ROUTES: tuple[web.RouteDef, ...] = tuple(call.route for call in CALLS)

"""Whether this node lives, and whether it can do its work; neither answer tells outsiders more."""

from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from server.clock import Clock
from server.database.units import SqlUnits
from server.workers.heartbeat import SILENT_AFTER, WORKER


@dataclass(frozen=True, slots=True)
class Watch:
    """What readiness looks at."""

    units: SqlUnits
    clock: Clock


UNDER_WATCH = web.AppKey("under_watch", Watch)


async def live(_: web.Request) -> web.Response:
    return web.json_response({"alive": True})


async def ready(request: web.Request) -> web.Response:
    """Answer 503 with what fails: `database`, or `work` when that was silent for a minute."""
    watch = request.app[UNDER_WATCH]
    try:
        async with watch.units.read() as unit:
            ages = await unit.heartbeats.ages(now=watch.clock())
    except (SQLAlchemyError, OSError):
        failing = ["database"]
    else:
        failing = [] if WORKER in ages and ages[WORKER] <= SILENT_AFTER else ["work"]
    return web.json_response({"failing": failing}, status=503 if failing else 200)


ROUTES = (web.get("/health/live", live), web.get("/health/ready", ready))

"""Whether this node lives, and whether it can do its work; neither answer tells outsiders more."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from booking.errors import Contended
from server.clock import Clock
from server.database.units import SqlUnits
from server.turn.access import TurnAccess
from server.workers.silent import silent
from web.marks import Mark, marked


@dataclass(frozen=True, slots=True)
class Watch:
    """What readiness looks at."""

    units: SqlUnits
    clock: Clock
    channels: Sequence[str]
    turn: TurnAccess

    async def failing(self) -> list[str]:
        """Name what does not work."""
        try:
            async with self.units.read() as unit:
                ages = await unit.heartbeats.ages(now=self.clock())
        except Contended:
            return ["database"]
        return silent(ages, self.channels)


UNDER_WATCH = web.AppKey("under_watch", Watch)


@marked(Mark.ANY_HOST)
async def live(_: web.Request) -> web.Response:
    return web.json_response({"alive": True})


@marked(Mark.ANY_HOST)
async def ready(request: web.Request) -> web.Response:
    """Answer 503 with what fails: `database`, or each loop that was silent for a minute.

    `turn` is told beside it: another node would reach the TURN server no better.
    """
    watch = request.app[UNDER_WATCH]
    failing = await watch.failing()
    hampered = ["turn"] if watch.turn.trouble else []
    return web.json_response({"failing": failing, "hampered": hampered}, status=503 if failing else 200)


ROUTES = (web.get("/health/live", live), web.get("/health/ready", ready))

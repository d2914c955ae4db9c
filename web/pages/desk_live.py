"""The desk's socket: says that something changed, never what; the page then asks how every row stands."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from functools import partial
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.at_desk import FELT_EVERY
from booking.errors import Contended
from identity.permission import Right
from identity.staff import StaffMember
from web.body import read_query
from web.guard import STAFF_SESSION, staff
from web.keys import CLOCK, DESK_NEWS, UNITS
from web.live_sessions import LIVE_SESSIONS, SHOWN_OUT
from web.wire import Wire, wire

LIFE_SECONDS = 600
"""The browser comes again then, and is asked anew who it is."""

PAUSE_SECONDS = 0.2
"""What changes within it is told once."""

CHANGED = b'{"type": "changed"}'


class LiveQuestion(BaseModel):
    """Whose day, as the desk's own page asks."""

    team: str = ""


async def live(request: web.Request) -> web.StreamResponse:
    member = staff(request)
    session = request[STAFF_SESSION].token_hash
    is_team = bool(read_query(request, LiveQuestion).team) or not member.may(Right.MEET)
    whose = await _team(request, member) if is_team else [member.id]
    async with wire(request) as line:
        with (
            request.app[LIVE_SESSIONS].watched(session, partial(_show_out, line)),
            request.app[DESK_NEWS].listening(whose) as news,
        ):
            telling = asyncio.create_task(_tell(line, news))
            beating = asyncio.create_task(_beat(request, member))
            try:
                async with asyncio.timeout(LIFE_SECONDS):
                    async for _ in line:
                        break  # a desk has nothing to say here
            except TimeoutError:
                pass
            finally:
                telling.cancel()
                beating.cancel()
    return line.answer


async def _show_out(line: Wire) -> None:
    line.close(SHOWN_OUT)


async def _tell(line: Wire, news: asyncio.Event) -> None:
    while True:
        await news.wait()
        news.clear()
        line.send(CHANGED)
        await asyncio.sleep(PAUSE_SECONDS)


async def _beat(request: web.Request, member: StaffMember) -> None:
    """Note that the desk is open, for as long as it is; a database that is away for a while ends nothing."""
    while member.may(Right.MEET):
        with suppress(Contended):
            async with request.app[UNITS].write() as unit:
                await unit.at_desk.beat(member.id, now=request.app[CLOCK]())
        await asyncio.sleep(FELT_EVERY.total_seconds())


async def _team(request: web.Request, member: StaffMember) -> Collection[UUID]:
    async with request.app[UNITS].read() as unit:
        return [one.id for one in await unit.advisers.all() if one.team_id == member.team_id]


ROUTES: tuple[web.RouteDef, ...] = (web.get("/ws/desk", live),)

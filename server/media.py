"""The media process: connection tests and practices behind a unix socket, apart from pages and below calls.

POST /place {"ticket"} → {"ticket", "ahead", "seconds"} · POST /offer {"sdp", "stun_urls", "sort", "ticket"}
→ {"id", "sdp"} · GET /{id}/stats → what was heard · POST /{id}/listen {"wanted"} → {"heard"}
· DELETE /{id} → 204.
422: the offer cannot be answered; 429: as many run as may.
The socket's folder is open to this user alone; that is the whole admission.
"""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import uvloop
from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.draw_adviser import drawn_adviser
from signalling.ice import IceServer
from signalling.practice.begin import Stage
from signalling.precall.errors import BadOffer, TooManyConnectionTests
from signalling.precall.ports import SDP_LIMIT_BYTES, Sort, Sound
from signalling.precall.running import RunningTests, TestLimits

BODY_LIMIT_BYTES = 2 * SDP_LIMIT_BYTES
NICE = 10
"""How far this process stands back: on a busy processor a page or a relay gets nine times as much."""
TICKET = Field(default=None, max_length=32)
TESTS: web.AppKey[RunningTests] = web.AppKey("tests", RunningTests)


class OfferBody(BaseModel):
    """What the web process sends on."""

    model_config = ConfigDict(extra="forbid")

    sdp: str = Field(max_length=SDP_LIMIT_BYTES)
    stun_urls: tuple[str, ...] = Field(default=(), max_length=8)
    sort: Sort = Sort.ECHO
    ticket: str | None = TICKET


class PlaceBody(BaseModel):
    """Who asks for their place in the line."""

    model_config = ConfigDict(extra="forbid")

    ticket: str | None = TICKET


class ListenBody(BaseModel):
    """What is listened for."""

    model_config = ConfigDict(extra="forbid")

    wanted: Sound


def run(socket: Path, limits: TestLimits, *, ends_with_parent: bool = False) -> None:
    """Serve until told to end, behind all who are in a meeting."""
    os.setpriority(os.PRIO_PROCESS, 0, NICE)
    uvloop.run(serve(socket, limits, ends_with_parent=ends_with_parent))


async def serve(socket: Path, limits: TestLimits, *, ends_with_parent: bool) -> None:
    """Open the socket in a folder that is ours alone, and close every test on the way out."""
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket.parent.chmod(0o700)
    runner = web.AppRunner(create_app(limits), access_log=None)
    await runner.setup()
    try:
        await web.UnixSite(runner, socket).start()
        await _until_told(ends_with_parent=ends_with_parent)
    finally:
        await runner.cleanup()


def create_app(limits: TestLimits) -> web.Application:
    app = web.Application(client_max_size=BODY_LIMIT_BYTES, middlewares=[_refusals])
    app[TESTS] = RunningTests(limits, Stage(drawn_adviser()).peer)
    app.router.add_post("/place", place)
    app.router.add_post("/offer", begin)
    app.router.add_get("/{id}/stats", stats)
    app.router.add_post("/{id}/listen", listen)
    app.router.add_delete("/{id}", end)
    app.on_shutdown.append(_close)
    return app


async def place(request: web.Request) -> web.Response:
    body = PlaceBody.model_validate_json(await request.read())
    return web.json_response(asdict(request.app[TESTS].place(body.ticket)))


async def begin(request: web.Request) -> web.Response:
    body = OfferBody.model_validate_json(await request.read())
    servers = (IceServer(body.stun_urls),) if body.stun_urls else ()
    begun = await request.app[TESTS].begin(body.sdp, servers, body.sort, body.ticket)
    return web.json_response(asdict(begun))


async def stats(request: web.Request) -> web.Response:
    heard = await request.app[TESTS].heard(request.match_info["id"])
    if heard is None:
        raise web.HTTPNotFound
    return web.json_response(asdict(heard))


async def listen(request: web.Request) -> web.Response:
    body = ListenBody.model_validate_json(await request.read())
    heard = await request.app[TESTS].listen(request.match_info["id"], body.wanted)
    return web.json_response({"heard": heard})


async def end(request: web.Request) -> web.Response:
    await request.app[TESTS].end(request.match_info["id"])
    return web.Response(status=204)


@web.middleware
async def _refusals(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except TooManyConnectionTests:
        return web.Response(status=429)
    except (BadOffer, ValidationError):
        return web.Response(status=422)


async def _close(app: web.Application) -> None:
    await app[TESTS].close()


async def _until_told(*, ends_with_parent: bool) -> None:
    """Wait for a signal, or until the parent's end of our standard input closes, which its death does too."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    if ends_with_parent:
        await loop.connect_read_pipe(lambda: _ParentWatch(told), sys.stdin)
    await told.wait()


class _ParentWatch(asyncio.Protocol):
    """Tells when the pipe from the parent is closed."""

    def __init__(self, told: asyncio.Event) -> None:
        self._told = told

    def connection_lost(self, exc: Exception | None) -> None:
        self._told.set()


def main(arguments: list[str] | None = None) -> None:
    """Read the command line; media_client.py starts this file as `python -m server.media SOCKET`."""
    parser = argparse.ArgumentParser(prog="kohtaamo media")
    parser.add_argument("socket", type=Path)
    parser.add_argument("--at-once", type=int, default=TestLimits().at_once)
    parser.add_argument("--seconds", type=float, default=TestLimits().length.total_seconds())
    parser.add_argument("--ends-with-parent", action="store_true")
    given = parser.parse_args(arguments)
    limits = TestLimits(at_once=given.at_once, length=timedelta(seconds=given.seconds))
    run(given.socket, limits, ends_with_parent=given.ends_with_parent)


if __name__ == "__main__":
    main()

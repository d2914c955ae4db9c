"""The media process: connection tests behind a unix socket, because media must not share a loop with pages.

POST /offer {"sdp", "stun_urls"} → {"id", "sdp"} · GET /{id}/stats → {"audio_frames", "video_frames"}
· DELETE /{id} → 204. 422: the offer cannot be answered; 429: as many tests run as may.
The socket's folder is open to this user alone; that is the whole admission.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import uvloop
from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from signalling.ice import IceServer
from signalling.precall.errors import BadOffer, TooManyConnectionTests
from signalling.precall.ports import SDP_LIMIT_BYTES
from signalling.precall.running import RunningTests, TestLimits

BODY_LIMIT_BYTES = 2 * SDP_LIMIT_BYTES
TESTS: web.AppKey[RunningTests] = web.AppKey("tests", RunningTests)


class OfferBody(BaseModel):
    """What the web process sends on."""

    model_config = ConfigDict(extra="forbid")

    sdp: str = Field(max_length=SDP_LIMIT_BYTES)
    stun_urls: tuple[str, ...] = Field(default=(), max_length=8)


def run(socket: Path, limits: TestLimits, *, ends_with_parent: bool = False) -> None:
    """Serve until told to end."""
    uvloop.run(serve(socket, limits, ends_with_parent=ends_with_parent))


async def serve(socket: Path, limits: TestLimits, *, ends_with_parent: bool) -> None:
    """Open the socket in a folder that is ours alone, and close every test on the way out."""
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket.parent.chmod(0o700)
    runner = web.AppRunner(create_app(RunningTests(limits)), access_log=None)
    await runner.setup()
    try:
        await web.UnixSite(runner, socket).start()
        await _until_told(ends_with_parent=ends_with_parent)
    finally:
        await runner.cleanup()


def create_app(tests: RunningTests) -> web.Application:
    app = web.Application(client_max_size=BODY_LIMIT_BYTES, middlewares=[_refusals])
    app[TESTS] = tests
    app.router.add_post("/offer", begin)
    app.router.add_get("/{id}/stats", stats)
    app.router.add_delete("/{id}", end)
    app.on_shutdown.append(_close)
    return app


async def begin(request: web.Request) -> web.Response:
    body = OfferBody.model_validate_json(await request.read())
    servers = (IceServer(body.stun_urls),) if body.stun_urls else ()
    return web.json_response(asdict(await request.app[TESTS].begin(body.sdp, servers)))


async def stats(request: web.Request) -> web.Response:
    heard = await request.app[TESTS].heard(request.match_info["id"])
    if heard is None:
        raise web.HTTPNotFound
    return web.json_response(asdict(heard))


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

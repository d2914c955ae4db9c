"""Runs an application on sockets, with our own connections."""

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from server.connection import Connection, ConnectionLimits, Doorkeeper

SHUTDOWN_SECONDS = 5
LINGERING_SECONDS = 2
BACKLOG = 512


class Front(web.Server):
    """Makes our connections where aiohttp's server would make its own."""

    def __init__(self, theirs: web.Server, limits: ConnectionLimits) -> None:
        super().__init__(theirs.request_handler, request_factory=theirs.request_factory)
        self._doorkeeper = Doorkeeper(limits)

    def __call__(self) -> RequestHandler:
        limits = self._doorkeeper.limits
        return Connection(
            self,
            self._doorkeeper,
            loop=self._loop,
            access_log=None,
            keepalive_timeout=limits.idle_seconds,
            lingering_time=LINGERING_SECONDS,
            max_line_size=limits.most_line_bytes,
            max_field_size=limits.most_line_bytes,
            max_headers=limits.most_headers,
        )


class FrontRunner(web.AppRunner):
    """An AppRunner whose server is ours; a stop closes live sockets first, and then waits but briefly."""

    __slots__ = ("_limits",)

    def __init__(self, app: web.Application, limits: ConnectionLimits) -> None:
        super().__init__(app, shutdown_timeout=SHUTDOWN_SECONDS)
        self._limits = limits

    async def _make_server(self) -> web.Server:
        return Front(await super()._make_server(), self._limits)


@asynccontextmanager
async def served(
    app: web.Application,
    listening: socket.socket,
    *,
    limits: ConnectionLimits | None = None,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[FrontRunner]:
    """Serve on a socket that is bound already, until the block is left.

    Starting runs the application's start-up and cleanup contexts; leaving stops accepting, hangs up live
    sockets (`on_shutdown`), lets requests under way end within seconds, and cleans up.
    """
    runner = FrontRunner(app, limits or ConnectionLimits())
    await runner.setup()
    try:
        await web.SockSite(runner, listening, ssl_context=tls, backlog=BACKLOG).start()
        yield runner
    finally:
        await runner.cleanup()


def listening_socket(host: str, port: int) -> socket.socket:
    """Bind a port, 0 for a free one. Raises OSError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made

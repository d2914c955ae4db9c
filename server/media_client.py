"""Speaks to the media process over its unix socket, and keeps that process alive."""

import asyncio
import hashlib
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, UnixConnector

from signalling.ice import IcePolicy
from signalling.precall.errors import BadOffer, ConnectionTestUnavailable, TooManyConnectionTests
from signalling.precall.ports import Answer, Heard, Place, Sort, Sound

ANSWER_SECONDS = 10
SOCKET_LIMIT_BYTES = 100
NO_SERVERS = IcePolicy()
RESTART_PAUSES_SECONDS = (0.2, 1, 5, 15)
STEADY_SECONDS = 60
"""A process that lived this long starts the pauses from the first again."""


def socket_in(data: Path) -> Path:
    """Return where the socket stands: a unix address has 107 bytes, so a deep folder gets a short one."""
    path = data.resolve() / "media" / "media.sock"
    if len(os.fsencode(path)) <= SOCKET_LIMIT_BYTES:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"kohtaamo-{name}" / "media.sock"


class MediaClient:
    """Fulfils signalling.precall.ports.ConnectionTests."""

    def __init__(self, socket: Path, ice: IcePolicy = NO_SERVERS) -> None:
        self.ice = ice
        self._socket = socket
        self._session: ClientSession | None = None

    async def place(self, ticket: str | None) -> Place:
        return Place(**await self._ask("POST", "/place", {"ticket": ticket}))

    async def begin(self, sdp: str, sort: Sort = Sort.ECHO, ticket: str | None = None) -> Answer:
        # Where a relay is needed, the browser's end has it: ours needs no credentials and gets none.
        body = {"sdp": sdp, "stun_urls": self.ice.stun_urls, "sort": sort, "ticket": ticket}
        return Answer(**await self._ask("POST", "/offer", body))

    async def heard(self, test_id: str) -> Heard | None:
        found = await self._ask("GET", f"/{test_id}/stats")
        return Heard(**found) if found else None

    async def listen(self, test_id: str, wanted: Sound) -> bool:
        found = await self._ask("POST", f"/{test_id}/listen", {"wanted": wanted})
        return bool(found and found["heard"])

    async def end(self, test_id: str) -> None:
        await self._ask("DELETE", f"/{test_id}")

    async def is_up(self) -> bool:
        """Say whether the process answers."""
        try:
            await self.heard("nobody")
        except ConnectionTestUnavailable:
            return False
        return True

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        try:
            async with self._open().request(method, f"http://media{path}", json=body) as answer:
                return await _read(answer)
        except (ClientError, OSError, TimeoutError) as gone:
            raise ConnectionTestUnavailable from gone

    def _open(self) -> ClientSession:
        if self._session is None:
            connector = UnixConnector(path=str(self._socket))
            self._session = ClientSession(connector=connector, timeout=ClientTimeout(total=ANSWER_SECONDS))
        return self._session


async def _read(answer: ClientResponse) -> Any:
    if answer.status == 429:
        raise TooManyConnectionTests
    if answer.status in (413, 422):
        raise BadOffer
    if answer.status in (204, 404):
        return None
    answer.raise_for_status()
    return await answer.json()


class MediaProcess:
    """Starts the media process, and starts it again when it dies; it cannot outlive us."""

    def __init__(self, socket: Path, *, at_once: int = 12, seconds: float = 40) -> None:
        options = ["--at-once", str(at_once), "--seconds", str(seconds), "--ends-with-parent"]
        self._command = [sys.executable, "-m", "server.media", str(socket), *options]
        self._process: Process | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Return the number of the process that runs, if one does."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process else None

    async def start(self) -> None:
        """Return at once: pages are served while the process still imports, and refuse a test till then."""
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._keeping is None:
            return
        self._keeping.cancel()
        await asyncio.wait([self._keeping])
        self._keeping = None

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        failures = 0
        while True:
            began = loop.time()
            await self._live_once()
            failures = 0 if loop.time() - began > STEADY_SECONDS else failures
            await asyncio.sleep(RESTART_PAUSES_SECONDS[min(failures, len(RESTART_PAUSES_SECONDS) - 1)])
            failures += 1

    async def _live_once(self) -> None:
        """Run the process until it ends; close its input, which ends it, when we are told to stop."""
        self._process = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=DEVNULL)
        try:
            await self._process.wait()
        finally:
            await _end(self._process)


async def _end(process: Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    if process.returncode is None:
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), timeout=3)
    if process.returncode is None:
        process.kill()
        await process.wait()

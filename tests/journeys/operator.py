"""An operator at a machine of their own, with the page "To production with a broker" before them."""

import asyncio
import os
import re
import secrets
import ssl
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import trustme
from aiohttp import ClientSession, web

from identity.oidc.federation import JWKS_PATH, STATEMENT_PATH
from server.front import listening_socket, served
from tests.house.source import ROOT
from tests.instances import brokers_here
from tests.instances.ftn_broker import FtnBroker, Shape
from tests.instances.ports import free_port
from tests.journeys.demo_process import Demo, running_demo

OF_THE_BROKER = ("broker", "broker's keys", "our keys", "published keys")


def steps(heading: str) -> Sequence[str]:
    """Return what stands indented under a bold heading of the page: commands and variables."""
    page = (ROOT / "identity" / "README.md").read_text().partition("### To production with a broker")[2]
    part = page.partition(f"**{heading}**")[2]
    part = re.split(r"^(?:\*\*|#)", part, maxsplit=1, flags=re.MULTILINE)[0]
    return [line.strip() for line in part.splitlines() if re.match(r" {4,}\S", line)]


@dataclass(slots=True, kw_only=True)
class Operator:
    """Runs the page's commands and sets its variables, in the order of the page."""

    folder: Path
    broker: FtnBroker
    address: str
    environment: dict[str, str]
    said: dict[str, str] = field(default_factory=dict)

    async def follows(self, heading: str) -> None:
        for line in steps(heading):
            if line.startswith("kohtaamo "):
                command, _, file = line.removeprefix("kohtaamo ").partition(" > ")
                self.said[command] = await self.kohtaamo(*command.split())
                if file:
                    (self.folder / file).write_text(self.said[command])
            elif line.startswith("curl -so "):
                (self.folder / line.split()[2]).write_text(self.broker.statement)
            elif line.startswith("KOHTAAMO_"):
                name, _, value = line.partition("=")
                self.environment[name] = self._filled_in(value)

    def _filled_in(self, value: str) -> str:
        known = {
            "<client id>": self.broker.client_id,
            "<service name>": "Pohjolan Pankki",
            "<folder>": str(self.folder),
            "<sha-256 of today>": _sum(self.broker.statement),
            "<sha-256 announced>": _sum(self.broker.next_statement),
        }
        return re.sub(r"<[^>]+>", lambda found: known[found[0]], value)

    async def kohtaamo(self, *arguments: str, status: int = 0) -> str:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", brokers_here.__name__, *arguments),
            env=os.environ | self.environment,
            stdout=PIPE,
            stderr=STDOUT,
        )
        printed, _ = await process.communicate()
        assert process.returncode == status, printed.decode()
        return printed.decode()

    async def looks(self) -> Sequence[str]:
        """Return what `kohtaamo check` says of the broker; it ends with 1: here is no mail."""
        lines = (await self.kohtaamo("check", status=1)).splitlines()
        told = {line[:16].strip(): line[17:] for line in lines}
        return [told[name] for name in OF_THE_BROKER]

    async def changes_keys(self) -> None:
        """Change each of our keys, without the days that each step waits for brokers."""
        listed = await self.kohtaamo("keys", "make", "signing", "encryption", "entity")
        await self.kohtaamo("keys", "publish", "--now")
        for old in re.findall(r"^\w+ +(\S+)  used ", listed, re.MULTILINE):
            await self.kohtaamo("keys", "retire", "--now", "--", old)

    async def is_read(self) -> None:
        """Let the broker take up what we publish at our public address."""
        trusting = ssl.create_default_context(cafile=self.environment["SSL_CERT_FILE"])
        async with ClientSession() as session:
            for path, takes in ((STATEMENT_PATH, self.broker.takes), (JWKS_PATH, self.broker.reads)):
                async with session.get(self.address + path, ssl=trusting) as answer:
                    assert answer.status == 200
                    takes(await answer.text())

    @asynccontextmanager
    async def serves(self) -> AsyncIterator[Demo]:
        port = int(self.environment["PORT"])
        async with running_demo(
            self.folder,
            port=port,
            goes_by_our_clock=False,
            settings=self.environment,
            program=brokers_here.__name__,
            command="serve",
        ) as running:
            yield replace(running, address=self.address)


@asynccontextmanager
async def machine(folder: Path, shape: Shape) -> AsyncIterator[Operator]:
    """Set up a machine with a proxy for TLS, in a world where the broker's host is ours."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", shape.origin.removeprefix("https://")).configure_cert(tls)
    broker, inner = FtnBroker(shape, client_id="pohjolan-pankki"), free_port()
    app, listening = web.Application(), listening_socket("127.0.0.1", 0)
    app.router.add_route("*", "/{path:.*}", broker.answers)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(served(app, listening, tls=tls))
        proxy = await stack.enter_async_context(
            await asyncio.start_server(_onwards(inner), "127.0.0.1", ssl=tls)
        )
        address = f"https://localhost:{proxy.sockets[0].getsockname()[1]}"
        settings = {
            "SSL_CERT_FILE": str(folder / "authority.pem"),
            brokers_here.PORT: str(listening.getsockname()[1]),
            "HOST": "localhost",
            "PORT": str(inner),
            "KOHTAAMO_MODE": "production",
            "KOHTAAMO_DATA": str(folder / "data"),
            "KOHTAAMO_PUBLIC_URL": address,
            "KOHTAAMO_SECRET": secrets.token_urlsafe(32),
            "KOHTAAMO_PHONE": "09 123 4567",
        }
        yield Operator(folder=folder, broker=broker, address=address, environment=settings)


def _onwards(port: int) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """End TLS, and carry what is inside to a port of this machine, and back."""

    async def carried(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        while part := await come.read(65_536):
            go.write(part)
            await go.drain()
        go.close()

    async def connected(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        try:
            inner_come, inner_go = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            go.close()
            return
        with suppress(ConnectionError):
            await asyncio.gather(carried(come, inner_go), carried(inner_come, go), return_exceptions=True)

    return connected


def _sum(statement: str) -> str:
    return sha256(statement.encode()).hexdigest()

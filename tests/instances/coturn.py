"""TURN relays of our own, as strict as the one that compose.yaml starts."""

import asyncio
import shutil
import socket
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.instances.ports import free_port, until_listening

SECRET = "a-secret-of-the-tests-alone"
REALM = "127.0.0.1"
TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A running relay: its port, the secret of its credentials and console, and where it knows users from."""

    port: int
    console_port: int
    database: Path
    secret: str = SECRET
    realm: str = REALM

    @property
    def urls(self) -> tuple[str, str]:
        """The addresses that a browser is given."""
        return (f"turn:127.0.0.1:{self.port}?transport=udp", f"turn:127.0.0.1:{self.port}?transport=tcp")

    @property
    def console(self) -> str:
        """The address at which it takes orders."""
        return f"telnet://:{self.secret}@127.0.0.1:{self.console_port}"


@pytest.fixture(scope="session")
async def coturn() -> AsyncIterator[Turn]:
    """Start a relay that lets in who has credentials of its secret; left out where it is not installed."""
    async with running_turn("use-auth-secret", f"static-auth-secret={SECRET}") as turn:
        yield turn


@pytest.fixture(scope="session")
async def coturn_with_users() -> AsyncIterator[Turn]:
    """Start one that lets in whom its user database names."""
    async with running_turn("lt-cred-mech") as turn:
        yield turn


@asynccontextmanager
async def running_turn(*lines: str) -> AsyncIterator[Turn]:
    """Start a relay on loopback with these lines more, and stop it when the block is left."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("coturn is not installed: apt-get install coturn")
    with tempfile.TemporaryDirectory(prefix="kohtaamo-turn-") as name:
        turn, process = await _started(program, Path(name), lines)
        try:
            yield turn
        finally:
            process.terminate()
            await process.wait()


async def _started(program: str, folder: Path, lines: Sequence[str]) -> tuple[Turn, Process]:
    """Start it on ports that are free, and anew on others when somebody else was quicker to take one."""
    for _ in range(TRIES):
        turn = Turn(port=free_port(socket.SOCK_DGRAM), console_port=free_port(), database=folder / "users")
        configuration = folder / "turnserver.conf"
        configuration.write_text(write_configuration(turn, folder, *lines))
        process = await asyncio.create_subprocess_exec(
            program, "-c", str(configuration), stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            await until_listening(turn.port)
            await until_listening(turn.console_port)
        except TimeoutError:
            if process.returncode is None:
                process.kill()
            await process.wait()
        else:
            return turn, process
    raise TimeoutError(f"coturn did not listen in {TRIES} tries")


def write_configuration(turn: Turn, folder: Path, *lines: str) -> str:
    """Write what turnserver reads; tests relay on loopback, which a real relay denies."""
    tls = () if any(line.startswith("cert=") for line in lines) else ("no-tls",)
    return "\n".join(
        (
            f"listening-port={turn.port}",
            "listening-ip=127.0.0.1",
            "relay-ip=127.0.0.1",
            "allow-loopback-peers",
            f"realm={turn.realm}",
            "no-dtls",
            *tls,
            "no-multicast-peers",
            "no-software-attribute",
            "fingerprint",
            "stale-nonce",
            "cli-ip=127.0.0.1",
            f"cli-port={turn.console_port}",
            f"cli-password={turn.secret}",
            f"userdb={turn.database}",
            f"pidfile={folder / 'pid'}",
            "log-file=stdout",
            *lines,
            "",
        )
    )

"""A TURN relay of our own, as strict as the one that compose.yaml starts."""

import asyncio
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.instances.ports import free_port, until_listening

SECRET = "a-secret-of-the-tests-alone"
REALM = "kohtaamo.test"


@dataclass(frozen=True, slots=True)
class Turn:
    """A running relay: its port and the secret that short-lived credentials are made from."""

    port: int
    secret: str = SECRET
    realm: str = REALM

    @property
    def urls(self) -> tuple[str, str]:
        """The addresses that a browser is given."""
        return (f"turn:127.0.0.1:{self.port}?transport=udp", f"turn:127.0.0.1:{self.port}?transport=tcp")


@pytest.fixture(scope="session")
async def coturn() -> AsyncIterator[Turn]:
    """Start a relay on loopback, and stop it after the last test; left out where it is not installed."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("coturn is not installed: apt-get install coturn")
    turn = Turn(free_port(socket.SOCK_DGRAM))
    with tempfile.TemporaryDirectory(prefix="kohtaamo-turn-") as name:
        configuration = Path(name) / "turnserver.conf"
        configuration.write_text(write_configuration(turn, Path(name)))
        process = await asyncio.create_subprocess_exec(
            program,
            "-c",
            str(configuration),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await until_listening(turn.port)
            yield turn
        finally:
            process.terminate()
            await process.wait()


def write_configuration(turn: Turn, folder: Path) -> str:
    """Write what turnserver reads; tests relay on loopback, which a real relay denies."""
    return "\n".join(
        (
            f"listening-port={turn.port}",
            "listening-ip=127.0.0.1",
            "relay-ip=127.0.0.1",
            "allow-loopback-peers",
            "use-auth-secret",
            f"static-auth-secret={turn.secret}",
            f"realm={turn.realm}",
            "no-tls",
            "no-dtls",
            "no-cli",
            "no-multicast-peers",
            "no-software-attribute",
            "fingerprint",
            "stale-nonce",
            "cli-password=" + turn.secret,
            f"userdb={folder / 'turndb'}",
            f"pidfile={folder / 'pid'}",
            "log-file=stdout",
            "",
        )
    )

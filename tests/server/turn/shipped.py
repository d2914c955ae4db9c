"""The relay that compose.yaml starts, moved to loopback and to free ports: all else is as it ships."""

import asyncio
import re
import shutil
import socket
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from server.settings import Mode, Settings
from tests.house.source import ROOT
from tests.instances.ports import free_port, until_listening
from tests.instances.tls_certificate import HERE, certify


@dataclass(frozen=True, slots=True)
class Shipped:
    """A running relay: its folder, and the ports by which it is reached."""

    folder: Path
    port: int
    tls_port: int

    @property
    def urls(self) -> tuple[str, str, str]:
        """Its addresses, as compose.yaml gives them to browsers."""
        plain = f"turn:{HERE}:{self.port}?transport="
        return (f"{plain}udp", f"{plain}tcp", f"turns:{HERE}:{self.tls_port}?transport=tcp")

    @property
    def authority(self) -> Path:
        """Who signed its certificate."""
        return self.folder / "authority.pem"

    def settings(self, *urls: str) -> Settings:
        return Settings(
            mode=Mode.DEMO,
            secret="s" * 32,
            turn_urls=urls or self.urls,
            turn_secret="not known to this relay, which has users",
            turn_console=("telnet://:p@127.0.0.1:1",),
            turn_users=self.folder / "users",
        )


@asynccontextmanager
async def shipped_relay(folder: Path) -> AsyncIterator[Shipped]:
    """Start it, and stop it when the block is left; left out where coturn is not installed."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("coturn is not installed: apt-get install coturn")
    relay = Shipped(folder, free_port(socket.SOCK_DGRAM), free_port())
    certify(folder)
    configuration = folder / "turnserver.conf"
    configuration.write_text(_moved(relay, console_port=free_port()))
    process = await asyncio.create_subprocess_exec(
        program, "-c", str(configuration), stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        await until_listening(relay.port)
        await until_listening(relay.tls_port)
        yield relay
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _moved(relay: Shipped, *, console_port: int) -> str:
    """Take the shipped lines, and change where things are alone."""
    text: str = yaml.safe_load((ROOT / "compose.yaml").read_text())["configs"]["turn"]["content"]
    here = {
        "listening-port": relay.port,
        "tls-listening-port": relay.tls_port,
        "listening-ip": HERE,
        "realm": HERE,
        "cli-ip": HERE,
        "cli-password": "p",
        "userdb": relay.folder / "users",
        "cert": relay.folder / "fullchain.pem",
        "pkey": relay.folder / "privkey.pem",
    }
    for name, value in here.items():
        text, changed = re.subn(rf"^{name}=.*$", f"{name}={value}", text, flags=re.MULTILINE)
        assert changed == 1, name
    return f"{text}\ncli-port={console_port}\npidfile={relay.folder / 'pid'}\n"

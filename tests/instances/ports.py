"""Free ports, and waiting until somebody listens on one."""

import asyncio
import socket
from collections.abc import Callable

import pytest


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM, host: str = "127.0.0.1") -> int:
    """Ask the kernel for a port that nobody uses just now."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


async def until_listening(port: int, *, host: str = "127.0.0.1", within: float = 15.0) -> None:
    """Return when a TCP connection succeeds; raises TimeoutError when none does in time."""
    async with asyncio.timeout(within):
        while True:
            try:
                _, writer = await asyncio.open_connection(host, port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            return


@pytest.fixture(scope="session", name="free_port")
def free_port_fixture() -> Callable[[], int]:
    """Hand out free TCP ports."""
    return free_port

"""Network namespaces of this machine, each with its own localhost, and sockets that belong to one of them."""

import asyncio
import ctypes
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

import pytest

NEWNET = 0x40000000
TUN = Path("/dev/net/tun")
NONE_HERE = "two network namespaces need root and /dev/net/tun"


@asynccontextmanager
async def two_namespaces() -> AsyncIterator[tuple[str, str]]:
    """Make a near one and a far one, and take them away; skips where the machine allows none."""
    near, far = (f"kohtaamo-{os.getpid()}-{side}" for side in ("near", "far"))
    if not _may_make():
        pytest.skip(NONE_HERE)
    async with _namespace(near), _namespace(far):
        yield near, far


def _may_make() -> bool:
    return os.geteuid() == 0 and TUN.exists()


@asynccontextmanager
async def _namespace(name: str) -> AsyncIterator[None]:
    if await _ended("ip", "netns", "add", name):
        pytest.skip(NONE_HERE)
    try:
        await ip("-n", name, "link", "set", "lo", "up")
        yield
    finally:
        await ip("netns", "delete", name)


async def ip(*arguments: str) -> None:
    """Run `ip`, which must succeed."""
    assert await _ended("ip", *arguments) == 0, arguments


async def _ended(*arguments: str) -> int:
    process = await asyncio.create_subprocess_exec(*arguments)
    return await process.wait()


def enter(namespace: str) -> None:
    """Move this thread into a namespace (setns of the C library; Python's own came with 3.12)."""
    with Path(f"/run/netns/{namespace}").open("rb") as place:
        if ctypes.CDLL(None, use_errno=True).setns(place.fileno(), NEWNET):
            raise OSError(ctypes.get_errno(), f"cannot enter {namespace}")


def made_in(namespace: str, make: Callable[[], socket.socket]) -> socket.socket:
    """Make a socket by a thread that has gone there and ends; the socket stays there."""
    made: list[socket.socket] = []

    def go() -> None:
        enter(namespace)
        made.append(make())

    thread = Thread(target=go)
    thread.start()
    thread.join()
    return made[0]

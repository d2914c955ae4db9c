"""Starts the bare relay in a process of its own, as the product runs in one."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Floor:
    """A running relay; pictures are served by their names from a folder."""

    address: str
    pid: int
    pictures: Path

    def lend(self, name: str, picture: bytes) -> None:
        """Give the floor a picture to serve."""
        (self.pictures / name).write_bytes(picture)


@asynccontextmanager
async def running_floor(folder: Path) -> AsyncIterator[Floor]:
    """Start the relay, and end it by closing its input."""
    pictures = folder / "pictures"
    pictures.mkdir()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.floor.relay", str(pictures), stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = int(await asyncio.wait_for(process.stdout.readline(), timeout=20))
        yield Floor(f"http://localhost:{port}", process.pid, pictures)
    finally:
        process.stdin.close()
        await asyncio.wait_for(process.wait(), timeout=10)

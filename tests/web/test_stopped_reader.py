"""Who stops reading is dropped soon, holds little meanwhile, and hurts nobody who talks to them.

`make slow` prints `a reader that stops: dropped after … s (bar 5), held … kB (bar 256); … texts beside`.
"""

import asyncio
from fcntl import ioctl
from pathlib import Path
from socket import socket
from struct import unpack
from termios import TIOCOUTQ
from uuid import uuid4

import pytest

from tests.web.meeting_house import Browser, meeting_house
from web.wire import WIRES, Wire

DROPPED_SECONDS = 5.0
HELD_BYTES = 256 * 1024
LONG = "🗎" * 2_000
"""The longest that one may write, in four bytes each."""


@pytest.mark.slow
async def test_who_stops_reading_is_dropped_soon_and_holds_little(tmp_path: Path) -> None:
    async with meeting_house(tmp_path) as house:
        aino, ilmari = await house.meets(await house.books())
        theirs, ours = await wires_of(house.app[WIRES], aino, ilmari)

        clock = asyncio.get_running_loop().time
        began, most, heard = clock(), 0, 0
        while not theirs.is_closing and clock() - began < 2 * DROPPED_SECONDS:
            await ilmari.says("text", ref=str(uuid4()), text=LONG)
            heard += (await ilmari.hears_until("text"))["text"] == LONG
            most = max(most, held(theirs))
            await asyncio.sleep(0.005)
        took = clock() - began
        await ilmari.hears_until("away")
        await ilmari.says("ping")
        await ilmari.hears_until("pong")

        dropped = f"dropped after {took:.2f} s (bar {DROPPED_SECONDS:.0f})"
        print(f"a reader that stops: {dropped}, held {most / 1024:.0f} kB (bar 256); {heard} texts beside")
        assert (took <= DROPPED_SECONDS, most <= HELD_BYTES, ours.is_closing) == (True, True, False)
        assert most > HELD_BYTES / 4  # it was held back, and not only slow


async def wires_of(wires: set[Wire], first: Browser, second: Browser) -> tuple[Wire, Wire]:
    """Find the server's end of each browser's socket by its port."""
    by_port = {each.answer.get_extra_info("peername")[1]: each for each in wires}
    one, other = (by_port[each.socket.get_extra_info("sockname")[1]] for each in (first, second))
    return one, other


def held(wire: Wire) -> int:
    """Return what waits for a client here, in the transport and in the kernel, in bytes."""
    kernel: socket | None = wire.answer.get_extra_info("socket")
    if kernel is None or wire.is_closing:
        return 0
    return wire.held_bytes + int(unpack("i", ioctl(kernel.fileno(), TIOCOUTQ, bytes(4)))[0])

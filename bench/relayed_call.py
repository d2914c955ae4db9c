"""A call whose ends reach each other by the relay alone, packet by packet, in a process of its own.

`python -m bench.relayed_call PORT USER PASSWORD SECONDS` prints as JSON the gaps in milliseconds between the
packets of sound that each end got: one every 20 ms, with the packets of a picture between them.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from itertools import pairwise

from server.turn.client import Address
from tests.instances.turn_client import TurnClient, turn_client

SOUND_EVERY_SECONDS = 0.02
SOUND, PICTURE = bytes(120), bytes(1_000)
PICTURES_EACH = 2
"""Packets of 1,000 bytes after each of sound: 0.8 Mbit/s."""
LONGEST_SOUND = 400
WARM_UP = 50


async def call(port: int, user: str, password: str, seconds: float) -> list[float]:
    """Talk both ways, and return the gaps of both ends in milliseconds."""
    async with turn_client(port, user, password) as one, turn_client(port, user, password) as other:
        ends = (one, other)
        for end in ends:
            if error := await end.allocate():
                raise RuntimeError(f"no allocation: {error}")
        for end, far in ((one, other), (other, one)):
            if error := await end.permit(_relayed(far)):
                raise RuntimeError(f"no permission: {error}")
        came = [_listen(end) for end in ends]
        await asyncio.gather(_talk(one, _relayed(other), seconds), _talk(other, _relayed(one), seconds))
        for end in ends:
            asyncio.get_running_loop().remove_reader(end.socket)
    return [gap for moments in came for gap in _gaps(moments[WARM_UP:])]


def _listen(end: TurnClient) -> list[float]:
    """Note when packets of sound come, from now on."""
    came: list[float] = []
    loop = asyncio.get_running_loop()

    def read() -> None:
        if len(end.socket.recv(2_048)) < LONGEST_SOUND:
            came.append(loop.time())

    loop.add_reader(end.socket, read)
    return came


def _relayed(end: TurnClient) -> Address:
    if end.relayed is None:
        raise RuntimeError("no allocation")
    return end.relayed


async def _talk(end: TurnClient, far: Address, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number in range(int(seconds / SOUND_EVERY_SECONDS)):
        await asyncio.sleep(max(0.0, began + number * SOUND_EVERY_SECONDS - loop.time()))
        for packet in (SOUND, *[PICTURE] * PICTURES_EACH):
            end.send(far, packet)


def _gaps(moments: Sequence[float]) -> list[float]:
    return [1_000 * (after - before) for before, after in pairwise(moments)]


if __name__ == "__main__":
    port, user, password, seconds = sys.argv[1:]
    print(json.dumps(asyncio.run(call(int(port), user, password, float(seconds)))))

"""The link between two namespaces does what it is told."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from time import monotonic

import pytest

from tests.instances.apart import Link, linked
from tests.instances.link import FAR, NEAR, Weather
from tests.instances.namespaces import made_in, two_namespaces

pytestmark = pytest.mark.slow


@dataclass(slots=True)
class Wire:
    """A link with a socket at each end."""

    link: Link
    near: socket.socket
    far: socket.socket

    async def arrive(self, count: int) -> tuple[int, float]:
        """Send so many; return how many arrive until half a second of silence, and how late the first."""
        loop, began, first, arrived = asyncio.get_running_loop(), monotonic(), 0.0, 0
        for number in range(count):
            await loop.sock_sendto(self.near, number.to_bytes(4), (FAR, 5000))
        while True:
            try:
                await asyncio.wait_for(loop.sock_recv(self.far, 64), timeout=0.5)
            except TimeoutError:
                return arrived, first
            first = first or monotonic() - began
            arrived += 1


@asynccontextmanager
async def wire() -> AsyncIterator[Wire]:
    async with two_namespaces() as (near, far), linked(near, far) as link:
        with made_in(near, partial(bound, NEAR)) as sender, made_in(far, partial(bound, FAR)) as receiver:
            yield Wire(link, sender, receiver)


def bound(address: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setblocking(False)
    made.bind((address, 5000))
    return made


async def test_link_loses_and_delays_as_it_is_told_and_changes_while_it_runs() -> None:
    async with wire() as between:
        whole, _ = await between.arrive(50)
        await between.link.be(Weather(delay=0.1))
        late, after = await between.arrive(50)
        await between.link.be(Weather(loss=0.5))
        lossy, _ = await between.arrive(80)

    assert (whole, late) == (50, 50)
    assert after >= 0.1
    assert 0 < lossy < 80


async def test_link_that_is_cut_carries_nothing_and_heals() -> None:
    async with wire() as between:
        await between.link.be(Weather(is_cut=True))
        cut, _ = await between.arrive(20)
        await between.link.be(Weather())
        healed, _ = await between.arrive(20)

    assert (cut, healed) == (0, 20)


async def test_link_with_little_room_drops_what_does_not_fit_its_queue() -> None:
    async with wire() as between:
        await between.link.be(Weather(kbits=8.0, queue=0.2))
        arrived, _ = await between.arrive(40)  # 32 bytes each: 32 ms of such a link

    assert 0 < arrived < 12

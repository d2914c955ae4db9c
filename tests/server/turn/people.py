"""Somebody with credentials at a relay, and a peer to whom they send through it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic

from signalling.ice import IcePolicy, IceServer
from tests.instances.coturn import Turn
from tests.instances.turn_client import TurnClient, turn_client

UNKNOWN = 401
"""What coturn says to who is not let in, and on whatever belonged to an allocation that was cancelled."""


def policy(turn: Turn) -> IcePolicy:
    return IcePolicy(turn_urls=turn.urls, turn_secret=turn.secret)


@dataclass(frozen=True, slots=True)
class Sender:
    """An allocation with a permitted peer, who hears what is relayed."""

    client: TurnClient
    peer: socket.socket

    async def carries(self, *, within: float = 0.3) -> bool:
        """Send one packet, and tell whether the peer hears it."""
        self.client.send(self.peer.getsockname(), b"through the relay")
        try:
            async with asyncio.timeout(within):
                return await asyncio.get_running_loop().sock_recv(self.peer, 100) == b"through the relay"
        except TimeoutError:
            return False

    async def falls_silent(self, *, within: float) -> float:
        """Return after how many seconds nothing is carried any more; raises TimeoutError."""
        began = monotonic()
        async with asyncio.timeout(within):
            while await self.carries():
                continue
        return monotonic() - began


@asynccontextmanager
async def sender(turn: Turn, server: IceServer) -> AsyncIterator[Sender]:
    """Open an allocation with these credentials; raises AssertionError when it is refused."""
    async with turn_client(turn.port, *credentials(server)) as client:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.bind(("127.0.0.1", 0))
            peer.setblocking(False)
            assert await client.allocate() == 0
            assert await client.permit(peer.getsockname()) == 0
            yield Sender(client, peer)


async def asks_anew(turn: Turn, server: IceServer) -> int:
    """Ask for an allocation from another port; return 0, or why it is refused."""
    async with turn_client(turn.port, *credentials(server)) as client:
        refused = await client.allocate()
        await client.refresh(lifetime=0)
        return refused


def credentials(server: IceServer) -> tuple[str, str]:
    return server.username or "", server.credential or ""

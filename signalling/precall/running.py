"""The tests that run now: never more than may, none longer than it may."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from signalling.ice import IceServer
from signalling.precall.echo import EchoPeer
from signalling.precall.errors import TooManyConnectionTests
from signalling.precall.ports import Answer, Heard

Make = Callable[[Sequence[IceServer]], EchoPeer]


@dataclass(frozen=True, slots=True)
class TestLimits:
    """How many tests may run at once, and for how long each."""

    __test__ = False  # pytest would take it for a test

    at_once: int = 12
    length: timedelta = timedelta(seconds=40)


class RunningTests:
    """Begins tests, and ends each: when told, when its connection is gone, or when its time is over."""

    def __init__(self, limits: TestLimits, make: Make = EchoPeer) -> None:
        self._limits = limits
        self._make = make
        self._peers: dict[str, EchoPeer] = {}
        self._watches: dict[str, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._peers)

    async def begin(self, sdp: str, ice_servers: Sequence[IceServer] = ()) -> Answer:
        """Raise TooManyConnectionTests, or BadOffer; a refused test holds no place."""
        if len(self._peers) >= self._limits.at_once:
            raise TooManyConnectionTests
        test_id = token_urlsafe(16)
        peer = self._peers[test_id] = self._make(ice_servers)
        self._watches[test_id] = asyncio.create_task(self._watch(test_id, peer))
        try:
            return Answer(test_id, await peer.answer(sdp))
        except BaseException:  # also when the asker has gone: the place must be free again
            await self.end(test_id)
            raise

    async def heard(self, test_id: str) -> Heard | None:
        peer = self._peers.get(test_id)
        return None if peer is None else peer.heard()

    async def end(self, test_id: str) -> None:
        """End a test; one that is not there is no fault."""
        peer = self._peers.pop(test_id, None)
        watch = self._watches.pop(test_id, None)
        if watch is not None and watch is not asyncio.current_task():
            watch.cancel()
        if peer is not None:
            await peer.close()

    async def wait_until_idle(self) -> None:
        """Wait until the tests that run now have ended by themselves."""
        while self._watches:
            await asyncio.wait(self._watches.values())

    async def close(self) -> None:
        for test_id in list(self._peers):
            await self.end(test_id)

    async def _watch(self, test_id: str, peer: EchoPeer) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.length.total_seconds()):
                await peer.ended.wait()
        await self.end(test_id)

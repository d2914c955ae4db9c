"""The tests and practices that run now: never more than may, none longer than it may."""

import asyncio
import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from signalling.ice import IceServer
from signalling.precall.errors import TooManyConnectionTests
from signalling.precall.line import Line
from signalling.precall.peer import Peer
from signalling.precall.ports import Answer, Heard, Place, Sort, Sound

Make = Callable[[Sort, Sequence[IceServer]], Peer]

USUAL_SECONDS = 30.0
"""What a practice takes; who waits is told by this, not by the most that it may take."""


@dataclass(frozen=True, slots=True)
class TestLimits:
    """How many tests and practices may run at once, and for how long each."""

    __test__ = False  # pytest would take it for a test

    at_once: int = 12
    length: timedelta = timedelta(seconds=40)
    practice_length: timedelta = timedelta(seconds=130)

    def length_of(self, sort: Sort) -> timedelta:
        return self.practice_length if sort is Sort.PRACTICE else self.length


class RunningTests:
    """Begins tests, and ends each: when told, when its connection is gone, or when its time is over."""

    def __init__(self, limits: TestLimits, make: Make) -> None:
        self._limits = limits
        self._make = make
        self._line = Line()
        self._began: dict[str, float] = {}
        self._peers: dict[str, Peer] = {}
        self._watches: dict[str, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._began)

    def place(self, ticket: str | None) -> Place:
        """Stand in line; nobody is before who comes when there is room."""
        now = _now()
        ticket = self._line.stand(ticket, now)
        ahead = self._line.ahead(ticket, now)
        return Place(ticket, ahead, self._wait(ahead, now))

    async def begin(
        self,
        sdp: str,
        ice_servers: Sequence[IceServer] = (),
        sort: Sort = Sort.ECHO,
        ticket: str | None = None,
    ) -> Answer:
        """Raise TooManyConnectionTests, or BadOffer; a refused test holds no place."""
        if self._line.ahead(ticket, _now()) >= self._limits.at_once - len(self):
            raise TooManyConnectionTests
        self._line.leave(ticket)
        test_id = token_urlsafe(16)
        self._began[test_id] = _now()
        try:
            peer = self._peers[test_id] = self._make(sort, ice_servers)
            self._watches[test_id] = asyncio.create_task(self._watch(test_id, peer, sort))
            return Answer(test_id, await peer.answer(sdp))
        except BaseException:  # also when the asker has gone: the place must be free again
            await self.end(test_id)
            raise

    async def heard(self, test_id: str) -> Heard | None:
        peer = self._peers.get(test_id)
        return None if peer is None else peer.heard()

    async def listen(self, test_id: str, wanted: Sound) -> bool:
        peer = self._peers.get(test_id)
        return peer is not None and await peer.listen(wanted)

    async def end(self, test_id: str) -> None:
        """End a test; one that is not there is no fault."""
        self._began.pop(test_id, None)
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
        for test_id in list(self._began):
            await self.end(test_id)

    async def _watch(self, test_id: str, peer: Peer, sort: Sort) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.length_of(sort).total_seconds()):
                await peer.ended.wait()
        await self.end(test_id)

    def _wait(self, ahead: int, now: float) -> int:
        """Say about how many seconds it takes until all before one have begun, and one more place is free."""
        over = ahead - (self._limits.at_once - len(self))
        if over < 0:
            return 0
        rounds, place = divmod(over, self._limits.at_once)
        began = sorted(self._began.values())
        left = max(3.0, began[place] + USUAL_SECONDS - now) if place < len(began) else USUAL_SECONDS
        return math.ceil(left + rounds * USUAL_SECONDS)


def _now() -> float:
    return asyncio.get_running_loop().time()

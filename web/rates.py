"""How often one address, key or person may do a thing: sliding windows in memory."""

import math
import time
from typing import NoReturn

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from web.refusal import TooManyRequests


class Rates:
    """Counts for this process; two nodes each allow as much."""

    def __init__(self) -> None:
        self._windows = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def a_minute(self, most: int, name: str, who: str) -> None:
        """Count one more of `name` by `who`. Raises TooManyRequests over `most` a minute."""
        await self._count(RateLimitItemPerMinute(most), name, who)

    async def an_hour(self, most: int, name: str, who: str) -> None:
        """Count one more of `name` by `who`. Raises TooManyRequests over `most` an hour."""
        await self._count(RateLimitItemPerHour(most), name, who)

    async def a_second(self, most: int, name: str, who: str) -> None:
        """Count one more of `name` by `who`. Raises TooManyRequests over `most` a second."""
        await self._count(RateLimitItemPerSecond(most), name, who)

    async def left(self, most: int, name: str, who: str) -> None:
        """Count nothing. Raises TooManyRequests when `most` a minute of `name` are used up."""
        if not await self._windows.test(RateLimitItemPerMinute(most), name, who):
            await self._refuse(RateLimitItemPerMinute(most), name, who)

    async def _count(self, most: RateLimitItem, name: str, who: str) -> None:
        if not await self._windows.hit(most, name, who):
            await self._refuse(most, name, who)

    async def _refuse(self, most: RateLimitItem, name: str, who: str) -> NoReturn:
        window = await self._windows.get_window_stats(most, name, who)
        raise TooManyRequests(max(1, math.ceil(window.reset_time - time.time())))

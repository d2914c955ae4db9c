"""Two people in one browser: what both pairs, ours and the floor's, must be able to do."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from playwright.async_api import BrowserContext, Page

from bench.browser import first_mark, new_page

SETTLING_MS = 400


class Pair(Protocol):
    """The earlier one is there when the later one opens the page."""

    @property
    def earlier(self) -> BrowserContext: ...

    @property
    def later(self) -> BrowserContext: ...

    @property
    def earlier_address(self) -> str: ...

    @property
    def later_address(self) -> str: ...

    async def is_ready(self, page: Page) -> None:
        """Wait until the earlier one's page has its camera and waits for nobody but the later one."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call between two open pages, and how it came about; moments in ms of the wall clock."""

    earlier: Page
    later: Page
    started_at: float
    seen_at: tuple[float, float]
    requests: int

    @property
    def took_ms(self) -> float:
        """From the later page's navigation start until both have shown a picture of the other."""
        return max(self.seen_at) - self.started_at

    async def close(self) -> None:
        await self.later.close()
        await self.earlier.close()


async def join(pair: Pair, *, is_cold: bool = False) -> Call:
    """Open the earlier page, let it come to rest, and then measure the later one's coming."""
    earlier = await new_page(pair.earlier, is_cold=False)
    await earlier.goto(pair.earlier_address)
    await pair.is_ready(earlier)
    later = await new_page(pair.later, is_cold=is_cold)
    await later.wait_for_timeout(SETTLING_MS)
    await later.goto(pair.later_address, wait_until="commit")
    started_at: float = await later.evaluate("performance.timeOrigin")
    async with asyncio.timeout(20):
        at_later = await first_mark(later, "frame", started_at)
        at_earlier = await first_mark(earlier, "frame", started_at)
    requests: int = await later.evaluate("1 + performance.getEntriesByType('resource').length")
    return Call(earlier, later, started_at, (at_later, at_earlier), requests)


async def turn(call: Call, button: str, page: int) -> float:
    """Press a button on the earlier side; return ms until the page stands decoded on both screens."""
    pressed_at: float = await call.earlier.evaluate("selector => window.bench.press(selector)", button)
    async with asyncio.timeout(20):
        sides = (call.earlier, call.later)
        seen = [await first_mark(each, "page", pressed_at - 0.001, str(page)) for each in sides]
    return max(seen) - pressed_at

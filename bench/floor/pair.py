"""The floor's pair: two bare pages in a room of the bare relay."""

from dataclasses import dataclass

from playwright.async_api import Browser, BrowserContext, Page

from bench.browser import new_profile
from bench.floor.process import Floor

NEXT, PREVIOUS = "#next", "#previous"


@dataclass(frozen=True, slots=True)
class FloorPair:
    """Fulfils bench.pair.Pair."""

    earlier: BrowserContext
    later: BrowserContext
    address: str

    @property
    def earlier_address(self) -> str:
        return self.address

    @property
    def later_address(self) -> str:
        return self.address

    async def is_ready(self, page: Page) -> None:
        await page.locator("body[data-ready]").wait_for()


async def floor_pair(browser: Browser, floor: Floor, *, with_pictures: bool = False) -> FloorPair:
    query = "room=pair&pictures=2" if with_pictures else "room=pair"
    return FloorPair(await new_profile(browser), await new_profile(browser), f"{floor.address}/call?{query}")

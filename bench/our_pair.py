"""Our pair: Aino, who booked, came in, was identified and let in before; and Ilmari at his meeting page."""

from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, expect

from bench.browser import new_profile
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Staff
from tests.server.papers import pdf, words

NEXT, PREVIOUS = '#documents [data-part="next"]', '#documents [data-part="previous"]'
NAME = "Aino Virtanen"


@dataclass(frozen=True, slots=True)
class OurPair:
    """Fulfils bench.pair.Pair: Ilmari is the earlier one, Aino opens the door's link."""

    earlier: BrowserContext
    later: BrowserContext
    earlier_address: str
    later_address: str

    async def is_ready(self, page: Page) -> None:
        await page.locator('#main[data-state="admitted"]').wait_for()
        await expect(page.locator("#camera")).to_be_enabled()
        await expect(page.locator("#meeting-peer")).to_be_hidden()


async def our_pair(browser: Browser, demo: Demo, paper: Path | None = None) -> OurPair:
    """Go the whole way once, through every page; with a paper, Ilmari also lays it on the table."""
    aino = Customer(await (await new_profile(browser)).new_page(), demo)
    ilmari = Staff(await (await new_profile(browser)).new_page(), demo)
    path = await aino.books("Asuntolainaneuvottelu", NAME, "aino@example.org")
    await aino.comes_in(path)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of(NAME)
    await ilmari.lets_in()
    await aino.is_in("table")
    await ilmari.is_in("table")
    meeting = ilmari.page.url
    if paper is not None:
        await _lay(ilmari, aino, paper)
    for person in (aino, ilmari):
        await person.page.close()
    return OurPair(ilmari.page.context, aino.page.context, meeting, f"{demo.address}{path}/door")


async def _lay(ilmari: Staff, aino: Customer, paper: Path) -> None:
    await ilmari.hands_in(paper)
    await aino.sees_page(1)


def write_paper(path: Path) -> Path:
    """Write a document of two pages."""
    path.write_bytes(pdf([words("The first page"), words("The second page")]))
    return path


async def pictures(call_page: Page) -> list[bytes]:
    """Fetch the two pictures that the page on the table consists of, for the floor to show the same."""
    address = await call_page.locator("#documents img").first.get_attribute("src")
    assert address is not None
    home = address.rpartition("/")[0]
    answers = [await call_page.context.request.get(f"{_origin(call_page)}{home}/{page}") for page in (1, 2)]
    assert all(answer.ok for answer in answers)
    return [await answer.body() for answer in answers]


def _origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])

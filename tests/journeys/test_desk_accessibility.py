"""axe-core finds nothing on what the desk does for customers: booking, moving, handing over, sharing."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.instances.browser import NewContext
from tests.journeys.axe import faults_at
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with running_demo(tmp_path, smtp_url="") as running:
        yield running


async def _books_for_a_caller(page: Page) -> str:
    """Book as Ilmari for somebody without an address; return the appointment's place at the desk."""
    await page.goto("/desk/book?lang=en")
    await page.locator(".card a.button--primary").first.click()
    await page.locator(".card--now a.button--primary").click()
    await page.locator('input[name="name"]').fill("Aino Virtanen")
    await page.locator('input[name="is_told"]').check()
    await page.locator("main form button.button--primary").click()
    await page.wait_for_url(re.compile(r"/link\?booked=1"))
    return page.url.partition("/link")[0]


async def _hands_over(page: Page) -> str:
    await page.goto("/desk/invitations?lang=en")
    await page.locator("main form button.button--primary").first.click()
    return await page.locator("#copy-made").input_value()


async def test_what_the_desk_does_for_customers_has_no_violation(demo: Demo, new_context: NewContext) -> None:
    ilmari = await staff(await new_context(base_url=demo.address), demo)
    await ilmari.signs_in("ilmari")
    page = ilmari.page
    place = await _books_for_a_caller(page)
    invited = await _hands_over(page)
    await page.goto("/desk/book")
    times = await page.locator(".card a.button--primary").first.get_attribute("href") or ""
    offering = times.rpartition("/")[2]
    await page.goto(times)
    form = await page.locator(".card--now a.button--primary").get_attribute("href") or ""
    desk = ("/desk/book", times, form, "/desk/invitations", f"/desk/share?offering={offering}&source=leaflet")

    faults = await faults_at(
        page,
        *(demo.address + each for each in desk),
        *(f"{place}/{end}" for end in ("link", "move", "colleague", "cancel")),
        invited,
    )

    assert faults == []

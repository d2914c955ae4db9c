"""Both sides see the same six digits, unless somebody stands between them."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.axe import faults_of
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.middleman import STANDS_BETWEEN
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey


async def both_see_and_hear(aino: Customer, ilmari: Staff) -> None:
    path = await aino.books("Appointment with a nurse", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await aino.sees_and_hears()
    await ilmari.sees_and_hears()


async def digits_of(page: Page) -> str:
    await expect(page.locator("#code")).to_be_visible()
    digits = await page.locator('#code [data-part="digits"]').text_content() or ""
    assert re.fullmatch(r"\d{3} \d{3}", digits)
    return digits


async def both(demo: Demo, new_context: NewContext) -> tuple[Customer, Staff]:
    aino = await customer(await new_context(viewport=PHONE, locale="en-GB"), demo)
    return aino, await staff(await new_context(locale="en-GB"), demo)


async def test_both_read_the_same_digits_until_they_part(tmp_path: Path, new_context: NewContext) -> None:
    async with running_demo(tmp_path) as demo:
        aino, ilmari = await both(demo, new_context)
        await both_see_and_hear(aino, ilmari)

        digits = await digits_of(aino.page)
        assert await digits_of(ilmari.page) == digits
        await aino.page.locator("#code summary").focus()
        await aino.page.keyboard.press("Enter")
        await expect(aino.page.locator("#code")).to_contain_text("not even to our server")
        await expect(aino.page.locator('#code [data-part="aloud"]')).to_have_text(
            " ".join(digits.replace(" ", ""))
        )
        assert await faults_of(aino.page) == []
        await ilmari.page.locator("#end").click()
        await aino.is_in("over")
        await expect(aino.page.locator("#code")).to_be_hidden()


async def test_who_stands_between_makes_the_digits_differ(tmp_path: Path, new_context: NewContext) -> None:
    async with running_demo(tmp_path) as demo:
        aino, ilmari = await both(demo, new_context)
        await aino.page.context.add_init_script(STANDS_BETWEEN)
        await both_see_and_hear(aino, ilmari)

        assert await digits_of(aino.page) != await digits_of(ilmari.page)


@pytest.mark.slow
async def test_firefox_reads_the_same(
    tmp_path: Path, new_context: NewContext, new_firefox: NewFirefox
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE, locale="en-GB"), demo)
        ilmari = await staff(await new_firefox(), demo)
        await both_see_and_hear(aino, ilmari)

        assert await digits_of(aino.page) == await digits_of(ilmari.page)

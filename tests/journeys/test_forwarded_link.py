"""Who has Aino's link, her callback or her cookie in another browser is never taken for her."""

import re

import pytest
from playwright.async_api import Request, expect

from tests.bars import Within
from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import Demo
from tests.journeys.other_certificate import WATCH_BADGE, watched
from tests.journeys.people import Customer, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

WITHIN_MS = 1_000
CALLBACK = re.compile(r"/identify/demo-bank/callback\?")


async def books_and_comes_in(demo: Demo, new_context: NewContext) -> tuple[Customer, str]:
    aino = await customer(await new_context(viewport=PHONE), demo)
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    return aino, path


async def is_asked_who_she_is(louhi: Customer, path: str) -> None:
    """See that the door leads to the identification, and neither to the waiting room nor to a ticket."""
    await louhi.open(f"{path}/door")
    await expect(louhi.page.locator("#meeting")).to_have_count(0)
    await expect(louhi.page.locator(f'form[action="{path}/identify"]').first).to_be_visible()


async def test_forwarded_link_leads_to_the_bank_and_another_person_no_further(
    demo: Demo, new_context: NewContext
) -> None:
    aino, path = await books_and_comes_in(demo, new_context)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    louhi = await customer(await new_context(viewport=PHONE), demo)

    await louhi.comes_in(path)
    await is_asked_who_she_is(louhi, path)
    await louhi.identifies_as("louhi")

    await expect(louhi.page.locator("#meeting")).to_have_count(0)
    await is_asked_who_she_is(louhi, path)
    ilmari = await staff(await new_context(), demo)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await expect(ilmari.page.locator("#knocks button.button--primary")).to_have_count(1)


async def test_second_device_of_her_own_identifies_again_and_stands_for_itself(
    demo: Demo, new_context: NewContext
) -> None:
    aino, path = await books_and_comes_in(demo, new_context)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    at_the_desk = await customer(await new_context(), demo)

    await at_the_desk.comes_in(path)
    await is_asked_who_she_is(at_the_desk, path)
    await at_the_desk.identifies_as("aino")
    await at_the_desk.is_in("waiting")
    await aino.page.close()

    ilmari = await staff(await new_context(), demo)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in(nth=-1)
    await at_the_desk.is_in("table")
    await ilmari.sees_and_hears()
    await expect(ilmari.page.locator("#identity")).to_have_attribute("data-standing", "bound")


@pytest.mark.parametrize("is_used", [True, False], ids=["replayed", "caught on its way"])
async def test_callback_of_another_browser_lets_nobody_in(
    demo: Demo, new_context: NewContext, is_used: bool
) -> None:
    aino, path = await books_and_comes_in(demo, new_context)
    louhi = await customer(await new_context(viewport=PHONE), demo)
    await louhi.comes_in(path)
    await louhi.goes_to_the_bank()  # so that she has a cookie of an attempt of her own
    if not is_used:
        await aino.page.route(CALLBACK, lambda route: route.abort())

    async with aino.page.expect_request(CALLBACK) as asking:
        await aino.identifies_as("aino")
    callback: Request = await asking.value
    if is_used:
        await aino.is_in("waiting")
    answer = await louhi.page.goto(callback.url)

    assert answer is not None
    assert 400 <= answer.status < 500
    await is_asked_who_she_is(louhi, path)


async def test_stolen_cookie_without_the_key_lets_the_badge_fall(
    demo: Demo, new_context: NewContext, within: Within
) -> None:
    aino, path = await books_and_comes_in(demo, new_context)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    thief = await new_context(viewport=PHONE)
    await thief.add_cookies([each for each in await aino.page.context.cookies() if each["name"] == "door"])  # type: ignore[misc]  # what it gives it takes
    await aino.page.close()
    louhi = await customer(thief, demo)
    await louhi.open(f"{path}/door")
    await louhi.is_in("waiting")
    ilmari = await staff(await new_context(), demo)
    await ilmari.page.add_init_script(WATCH_BADGE)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")

    await ilmari.lets_in()
    seen = await watched(ilmari.page, "described", "lost")

    print(f"the badge fell {seen.between('described', 'lost'):.0f} ms after the thief's description")
    within(WITHIN_MS, seen.between("described", "lost"))
    assert "bound" not in seen.stood

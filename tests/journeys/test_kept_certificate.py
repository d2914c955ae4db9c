"""A browser keeps the certificate for which it was identified as long as it is of use, and no longer."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.certificates import keep_one_that_ends, kept_certificates
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


async def at_the_bank_door(aino: Customer) -> tuple[str, str]:
    """Bring Aino to where she is asked who she is; return her path and her certificate's key."""
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    key = await aino.page.locator("#certificate").get_attribute("data-key")
    assert key is not None
    return path, key


async def talks(aino: Customer, ilmari: Staff) -> None:
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await ilmari.sees_and_hears()


async def has_kept(aino: Customer, keys: list[str]) -> None:
    """Wait until the store holds just that."""
    for _ in range(100):
        if await kept_certificates(aino.page) == keys:
            return
        await aino.page.wait_for_timeout(50)
    raise AssertionError(f"kept {await kept_certificates(aino.page)} and not {keys}")


@pytest.mark.parametrize("browser_name", ["Chromium", "Firefox"])
async def test_kept_while_one_may_come_back_and_forgotten_when_the_meeting_ends(
    demo: Demo, new_context: NewContext, new_firefox: NewFirefox, browser_name: str
) -> None:
    new = new_firefox if browser_name == "Firefox" else new_context
    aino = await customer(await new(viewport=PHONE), demo)
    ilmari = await staff(await new_context(), demo)
    path, key = await at_the_bank_door(aino)
    await talks(aino, ilmari)

    await aino.page.locator("#leave").click()
    await aino.is_in("over")
    await has_kept(aino, [key])
    await aino.open(f"{path}/door")
    await aino.is_in("waiting")
    await ilmari.lets_in()
    await aino.is_in("table")
    await expect(ilmari.page.locator("#identity")).to_have_attribute("data-standing", "bound")
    await ilmari.page.locator("#end").click()
    await aino.is_in("over")

    await has_kept(aino, [])


async def test_who_left_before_the_end_forgets_when_the_door_has_closed(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    path, key = await at_the_bank_door(aino)
    await has_kept(aino, [key])
    demo.turn_clock(timedelta(days=2))

    await aino.open(f"{path}/door")

    await has_kept(aino, [])


async def test_one_that_would_end_too_soon_is_made_anew_before_the_bank(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    ilmari = await staff(await new_context(), demo)
    path, key = await at_the_bank_door(aino)
    await keep_one_that_ends(aino.page, key, in_minutes=90)
    await aino.open(f"{path}/door")

    await talks(aino, ilmari)

    await expect(ilmari.page.locator("#identity")).to_have_attribute("data-standing", "bound")
    ends: float = await aino.page.evaluate(
        "window.connections.at(-1).getConfiguration().certificates[0].expires"
    )
    now: float = await aino.page.evaluate("Date.now()")
    assert ends - now > 20 * 86_400_000

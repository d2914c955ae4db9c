"""Media that come with another certificate than the identified one never stand as Aino's."""

import asyncio

import pytest
from playwright.async_api import BrowserContext, expect
from sqlalchemy import select

from booking.fact import FactKind
from server.database.engine import open_engines
from server.database.facts import facts
from tests.bars import Within
from tests.instances.browser import PHONE, NewContext
from tests.instances.firefox import NewFirefox
from tests.journeys.demo_process import Demo
from tests.journeys.other_certificate import (
    SPEAKS_WITH_ANOTHER,
    TAKES_ANY,
    TELLS_BOTH,
    TELLS_THE_IDENTIFIED,
    WATCH_BADGE,
    watched,
)
from tests.journeys.people import Customer, Media, Staff, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

WITHIN_MS = 1_000


async def lying(demo: Demo, context: BrowserContext, *lies: str) -> Customer:
    """Bring who was honestly identified as Aino into the waiting room, in a page that lies from then on."""
    aino = await customer(context, demo)
    path = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    for lie in lies:
        await context.add_init_script(lie)
    await aino.open(f"{path}/door")
    await aino.is_in("waiting")
    return aino


async def opposite(demo: Demo, context: BrowserContext, *scripts: str) -> Staff:
    ilmari = await staff(context, demo)
    for script in (*scripts, WATCH_BADGE):
        await context.add_init_script(script)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    return ilmari


async def lost(demo: Demo) -> list[dict[str, str]]:
    """Wait until the histories tell of an identification that no longer holds; the page knows it first."""
    engines = open_engines(f"sqlite:///{demo.data / 'kohtaamo.sqlite3'}")
    query = select(facts.c.detail).where(facts.c.kind == FactKind.IDENTIFICATION_LOST)
    found: list[dict[str, str]] = []
    async with asyncio.timeout(10):
        while not found:
            async with engines.reading.begin() as connection:
                found = [dict(row.detail) for row in await connection.execute(query)]
            await asyncio.sleep(0.05)
    await engines.close()
    return [{name: fact[name] for name in ("reason", "seen_by")} for fact in found]


@pytest.mark.parametrize("lies", [(), (TELLS_BOTH,)], ids=["honestly", "beside the identified one"])
async def test_description_of_another_certificate_falls_within_a_second_and_is_a_fact(
    demo: Demo, new_context: NewContext, lies: tuple[str, ...], within: Within
) -> None:
    aino = await lying(demo, await new_context(viewport=PHONE), SPEAKS_WITH_ANOTHER, *lies)
    ilmari = await opposite(demo, await new_context())

    await ilmari.lets_in()
    seen = await watched(ilmari.page, "described", "lost")

    print(f"the badge fell {seen.between('described', 'lost'):.0f} ms after the description")
    within(WITHIN_MS, seen.between("described", "lost"))
    assert "bound" not in seen.stood
    await expect(ilmari.page.locator("#identity-lost")).to_be_visible()
    await ilmari.sees_and_hears()
    await aino.sees_and_hears()
    assert await lost(demo) == [{"reason": "description", "seen_by": "server"}]


async def test_advisers_firefox_sees_another_certificate_within_a_second_as_well(
    demo: Demo, new_context: NewContext, new_firefox: NewFirefox, within: Within
) -> None:
    await lying(demo, await new_context(viewport=PHONE), SPEAKS_WITH_ANOTHER)
    ilmari = await opposite(demo, await new_firefox())

    await ilmari.lets_in()
    seen = await watched(ilmari.page, "described", "lost")

    print(f"in Firefox the badge fell {seen.between('described', 'lost'):.0f} ms after the description")
    within(WITHIN_MS, seen.between("described", "lost"))
    assert "bound" not in seen.stood


@pytest.mark.parametrize("adviser", ["Chromium", "Firefox"])
async def test_media_that_do_not_fit_their_description_never_come(
    demo: Demo, new_context: NewContext, new_firefox: NewFirefox, adviser: str
) -> None:
    await lying(demo, await new_context(viewport=PHONE), SPEAKS_WITH_ANOTHER, TELLS_THE_IDENTIFIED)
    ilmari = await opposite(demo, await (new_firefox() if adviser == "Firefox" else new_context()))

    await ilmari.lets_in()
    seen = await watched(ilmari.page, "described", "failed")

    print(
        f"{adviser} refused the handshake {seen.between('described', 'failed'):.0f} ms after the description"
    )
    assert await ilmari.media() == Media(0, 0.0)
    assert "connected" not in seen.began
    assert "bound" not in seen.stood


@pytest.mark.parametrize("adviser", ["Chromium", "Firefox"])
async def test_certificate_of_the_handshake_lets_the_badge_fall_where_a_browser_took_it_wrongly(
    demo: Demo, new_context: NewContext, new_firefox: NewFirefox, adviser: str, within: Within
) -> None:
    aino = await lying(demo, await new_context(viewport=PHONE), SPEAKS_WITH_ANOTHER, TELLS_THE_IDENTIFIED)
    adviser_context = await (new_firefox() if adviser == "Firefox" else new_context())
    ilmari = await opposite(demo, adviser_context, TAKES_ANY)
    shown = await aino.page.evaluate("window.fingerprintOfOther()")
    await ilmari.page.evaluate("(shown) => { window.shown = shown; }", shown)

    await ilmari.lets_in()
    seen = await watched(ilmari.page, "connected", "lost")

    print(f"in {adviser} the badge fell {seen.between('connected', 'lost'):.0f} ms after the handshake")
    within(WITHIN_MS, seen.between("connected", "lost"))
    await expect(ilmari.page.locator("#identity-lost")).to_be_visible()
    assert await lost(demo) == [{"reason": "certificate", "seen_by": "adviser"}]

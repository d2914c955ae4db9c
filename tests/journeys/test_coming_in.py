"""Who is coming in is seen at the adviser's within two seconds of a cause, is spoken to there, and is helped.

It prints `seen at the adviser's: the door after … ms, identifying after … ms, …`.
"""

import re
from datetime import timedelta
from time import time

import pytest
from playwright.async_api import Page, expect

from tests.bars import Within
from tests.instances.browser import PHONE, NewContext
from tests.instances.swallowing import HEARTBEAT_MS, swallowing_way
from tests.journeys.axe import faults_in_turn, faults_of
from tests.journeys.days import next_monday
from tests.journeys.demo_process import Demo
from tests.journeys.pages import COMING_IN, opened
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

MORTGAGES, NURSES = "Asuntolainaneuvottelu", "Terveydenhoitajan vastaanotto"
MOST_MS = 2_000
CAUSE = "sessionStorage.setItem('causedAt', String(Date.now()));"
"""When the page began that the customer has open, by the machine's one clock."""

BLOCKED = """
navigator.mediaDevices.getUserMedia = async () => {
  sessionStorage.setItem('causedAt', String(Date.now()));
  throw new DOMException('', 'NotAllowedError');
};
"""
NO_LINE = """
window.WebSocket = class extends WebSocket {
  constructor(address, ...more) { super(String(address).replace('/ws/meetings/', '/ws/nowhere/'), ...more); }
};
"""
WATCH_PANELS = """
window.drawnAt = 0;
new MutationObserver(() => { window.drawnAt = Date.now(); })
  .observe(document.body, {childList: true, subtree: true, characterData: true, attributes: true});
"""


async def seen_after(adviser: Page, aino: Page, step: str, *, state: str = "now", text: str = "") -> int:
    """Wait until the panel stands at a step; return how many milliseconds after its cause it did."""
    here = adviser.locator(f'[data-coming] [aria-current="step"][data-state="{state}"]')
    await expect(here).to_contain_text(step)
    await expect(adviser.locator("[data-coming] .coming__now")).to_contain_text(text)
    drawn: int = await adviser.evaluate("window.drawnAt")
    caused = int(await aino.evaluate("sessionStorage.getItem('causedAt')"))
    return drawn - caused


async def at_the_desk(new_context: NewContext, demo: Demo) -> Staff:
    ilmari = await staff(await new_context(base_url=demo.address), demo)
    await ilmari.signs_in("ilmari")
    await expect(ilmari.page.locator("#live")).to_be_visible()
    await ilmari.page.evaluate(WATCH_PANELS)
    return ilmari


async def due(demo: Demo, aino: Customer, offering: str) -> str:
    """Book for Monday at two, and let it be five minutes before; return the link's path."""
    start = next_monday(demo, 14)
    demo.turn_clock_to(start - timedelta(hours=4))
    path = await aino.books(offering, "Aino Virtanen", "aino@example.org", at=start)
    demo.turn_clock_to(start - timedelta(minutes=5))
    return path


async def test_the_adviser_sees_each_step_within_two_seconds(
    demo: Demo, new_context: NewContext, within: Within
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    path = await due(demo, aino, MORTGAGES)
    ilmari = await at_the_desk(new_context, demo)
    await aino.page.add_init_script(CAUSE)

    await aino.open(f"{path}/door")
    door = await seen_after(ilmari.page, aino.page, "Ovi", text="On avannut oven sivun")
    await aino.comes_in(path)
    choosing = await seen_after(ilmari.page, aino.page, "Tunnistautuminen", text="Valitsee")
    await aino.goes_to_the_bank()
    await seen(ilmari.page, "Tunnistautuu parhaillaan")
    await aino.chooses_at_the_bank("cancel")
    await aino.page.wait_for_url(re.compile(r"/door|/identif"))
    failed = await seen_after(ilmari.page, aino.page, "Tunnistautuminen", state="stuck")

    print(
        f"\nseen at the adviser's: the door after {door} ms, identifying after {choosing} ms, "
        f"a failed identification after {failed} ms"
    )
    within(MOST_MS, door, choosing, failed)


async def seen(page: Page, text: str) -> None:
    await expect(page.locator("[data-coming] .coming__now")).to_contain_text(text)


async def test_blocked_devices_and_a_line_that_does_not_open_are_seen_too(
    demo: Demo, new_context: NewContext, within: Within
) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    blocked = await customer(await new_context(viewport=PHONE), demo)
    path = await due(demo, aino, NURSES)
    ilmari = await at_the_desk(new_context, demo)
    await aino.page.add_init_script(CAUSE + NO_LINE)
    await blocked.page.add_init_script(BLOCKED)

    await aino.comes_in(path)
    await expect(aino.page.locator("#meeting")).to_be_visible()
    network = await seen_after(ilmari.page, aino.page, "Kamera", state="stuck", text="Palvelimeemme")
    await ilmari.page.locator('[data-coming] [data-key="in_a_moment"]').click()
    await expect(aino.page.locator("#told-said")).to_contain_text("Tulen aivan pian")
    await aino.page.close()
    await blocked.comes_in(path)
    await blocked.is_in("waiting")
    await expect(ilmari.page.locator('[data-coming] [data-key="help"]')).to_be_visible()
    devices = await seen_after(ilmari.page, blocked.page, "Kamera", state="stuck")

    print(
        f"\nseen at the adviser's: a line that does not open after {network} ms, "
        f"blocked devices after {devices} ms"
    )
    within(MOST_MS, network, devices)
    await ilmari.page.locator('[data-coming] [data-key="help"]').click()
    await expect(blocked.page.locator("#told-help")).to_be_visible()


async def test_a_line_that_is_lost_is_seen_at_once_and_one_that_is_swallowed_within_the_heartbeat(
    demo: Demo, new_context: NewContext, within: Within
) -> None:
    async with swallowing_way() as way:
        aino = await customer(await new_context(viewport=PHONE, proxy=way.address), demo)
        path = await due(demo, aino, NURSES)
        ilmari = await at_the_desk(new_context, demo)
        await aino.comes_in(path)
        await aino.is_in("waiting")
        await seen(ilmari.page, "Valmis")

        way.swallows = True
        swallowed = await lost_after(ilmari.page)
        await way.heal()
        await seen(ilmari.page, "Valmis")
        closing = time()
        await aino.page.close()
        closed = await lost_after(ilmari.page, closing)

    print(
        f"\nseen at the adviser's: a tab that died after {closed} ms, "
        f"a network that swallows everything after {swallowed} ms"
    )
    within(MOST_MS, closed)
    within(HEARTBEAT_MS + MOST_MS, swallowed)


async def lost_after(adviser: Page, since: float | None = None) -> int:
    """Wait until the desk and the panel say that the line is lost; return how many milliseconds that took."""
    began = since or time()
    here = adviser.locator('[data-coming] [aria-current="step"][data-state="stuck"]')
    await expect(here).to_be_visible(timeout=HEARTBEAT_MS + 10_000)
    await seen(adviser, "Yhteys katkesi")
    await expect(adviser.locator("[data-waiting]")).to_contain_text("Yhteys katkesi")
    return round(1000 * (time() - began))


async def test_a_helper_follows_along_and_nothing_has_a_violation(
    demo: Demo, new_context: NewContext
) -> None:
    aino = await customer(await new_context(viewport=PHONE, base_url=demo.address), demo)
    helper = await (await new_context(viewport=PHONE, base_url=demo.address)).new_page()
    path = await due(demo, aino, MORTGAGES)
    ilmari = await at_the_desk(new_context, demo)
    await aino.open(f"{path}/helper")
    await aino.page.locator(f'form[action="{path}/helper"] button').click()
    link = await aino.page.locator("#copy-address").input_value()
    faults = await faults_of(aino.page)

    await helper.goto(link)
    await aino.comes_in(path)
    await expect(helper.locator('[aria-current="step"]')).to_contain_text("Tunnistautuminen")
    token = path.removeprefix("/a/")
    places = opened(COMING_IN, token=token, helper_token=link.rpartition("/")[2])
    faults += await faults_in_turn(helper, *places)
    for language in ("fi", "sv", "en"):
        await ilmari.page.goto(f"/desk?lang={language}")
        await expect(ilmari.page.locator('[data-coming] [aria-current="step"]')).to_be_visible()
        faults += await faults_of(ilmari.page)

    assert faults == []
    await aino.open(f"{path}/helper")
    await aino.page.locator(f'form[action="{path}/helper/off"] button').click()
    await expect(helper.locator("h1")).to_be_visible()
    await helper.goto(link)
    await expect(helper.locator(".error-page")).to_be_visible()

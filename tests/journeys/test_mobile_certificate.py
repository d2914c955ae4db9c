"""Aino identifies by the demo's mobile certificate: the page waits, her phone asks, by the real protocol."""

from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.axe import faults_in_both_looks, faults_of
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, customer
from tests.journeys.phones import AINO, asks, press

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

MORTGAGES = "Asuntolainaneuvottelu"
LOUHI = "+358 40 000 0003"


async def at_the_door(
    demo: Demo, new_context: NewContext, *, has_javascript: bool = True
) -> tuple[Customer, str, Page]:
    """Book for soon, come in by the door, and open a phone in a browser of its own."""
    context = await new_context(base_url=demo.address, java_script_enabled=has_javascript)
    aino = await customer(context, demo)
    path = await aino.books(MORTGAGES, "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    phone = await (await new_context(base_url=demo.address, viewport=PHONE)).new_page()
    return aino, path, phone


async def test_the_phone_shows_the_same_code_and_the_page_goes_on_by_itself(
    demo: Demo, new_context: NewContext
) -> None:
    aino, path, phone = await at_the_door(demo, new_context)

    code = await asks(aino.page, AINO)
    await expect(aino.page.locator("#prompt-clock")).to_be_visible()
    shown = await press(phone, "confirm")
    await aino.page.wait_for_url(f"**{path}/door")

    assert shown == code
    await expect(aino.page.locator("h1")).to_have_text("Olette odotushuoneessa")


async def test_who_cancels_on_the_phone_chooses_anew_and_then_comes_in(
    demo: Demo, new_context: NewContext
) -> None:
    aino, path, phone = await at_the_door(demo, new_context)

    await asks(aino.page, AINO)
    await press(phone, "cancel")
    await aino.page.wait_for_url(f"**{path}/identify")
    faults = await faults_of(aino.page)
    said = await aino.page.locator('[role="alert"]').inner_text()
    await asks(aino.page, LOUHI)
    await press(phone, "confirm")
    await aino.page.wait_for_url(f"**{path}/identify")

    assert "keskeytyi" in said
    assert "Nimet eivät täsmää" in await aino.page.locator('[role="alert"]').inner_text()
    assert faults == []


async def test_it_works_without_javascript_and_by_keyboard(demo: Demo, new_context: NewContext) -> None:
    aino, path, phone = await at_the_door(demo, new_context, has_javascript=False)
    page = aino.page
    await page.locator('form:has(input[value="demo-mobile"]) button').focus()
    await page.keyboard.press("Enter")
    await page.locator("#field-number").focus()
    await page.keyboard.type(AINO)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**{path}/identify/waiting")

    await page.locator("#prompt-confirmed button").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/waiting?still=1")
    await press(phone, "confirm")
    demo.turn_clock(timedelta(seconds=5))
    await page.locator("#prompt-confirmed button").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**{path}/door")

    await expect(page.locator("h1")).to_have_text("Odotushuone")


async def test_its_pages_have_no_violation_in_any_language_and_look(
    demo: Demo, new_context: NewContext
) -> None:
    aino, path, phone = await at_the_door(demo, new_context)
    faults: list[str] = []
    await aino.page.goto(f"{path}/identify/with/demo-mobile")
    await aino.page.locator("main form button").click()
    await expect(aino.page.locator("#error-number")).to_be_visible()
    faults += await faults_of(aino.page)
    for language in ("fi", "sv", "en"):
        await aino.page.goto(f"{path}/identify/with/demo-mobile?lang={language}")
        faults += await faults_in_both_looks(aino.page)
    await aino.page.goto(f"{path}/identify")
    await asks(aino.page, AINO)
    for language in ("fi", "sv", "en"):
        await aino.page.goto(f"{path}/identify/waiting?lang={language}")
        faults += await faults_in_both_looks(aino.page)
    await phone.goto("/demo/phone")
    faults += await faults_in_both_looks(phone)
    await phone.locator('button[value="confirm"]').click()
    faults += await faults_of(phone)

    assert faults == []

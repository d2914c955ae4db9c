"""The staff's ways in, in a real browser: app, passkey, the first admin's link; and axe finds nothing."""

import re
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator
from datetime import timedelta

import aiosqlite
import pyotp
import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.instances.browser import DESKTOP, NewContext
from tests.journeys.axe import faults_at, faults_in_both_looks
from tests.journeys.demo_process import Demo, running_demo

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

NEW = "kantele soi illalla"
STEP = timedelta(seconds=31)


@pytest.fixture(scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    everybody = {"KOHTAAMO_SECOND_FACTOR": "everybody"}
    async with running_demo(tmp_path_factory.mktemp("demo"), settings=everybody) as running:
        yield running


async def opened(demo: Demo, context: BrowserContext, place: str = "/sign-in") -> Page:
    page = await context.new_page()
    await page.goto(demo.address + place)
    return page


async def types_password(page: Page, login: str) -> None:
    await page.locator("#field-login").fill(login)
    await page.locator("#field-password").fill(login)
    await page.locator('form[action="/sign-in"] button').click()


async def types_code(page: Page, code: str) -> None:
    await page.locator("#field-code").fill(code)
    await page.locator("main form:has(#field-code) button").click()


async def test_an_app_is_set_up_and_asked_for(demo: Demo, new_context: NewContext) -> None:
    page = await opened(demo, await new_context(viewport=DESKTOP, locale="en"))
    await types_password(page, "ainikki")
    await page.wait_for_url(re.compile("/sign-in/enrol"))
    assert await faults_in_both_looks(page) == []
    app = pyotp.TOTP((await page.locator("code.secret").inner_text()).replace(" ", ""))

    await types_code(page, app.at(demo.now()))
    await expect(page.locator("ul.codes li")).to_have_count(10)
    assert await faults_in_both_looks(page) == []
    await page.locator("main a.button").click()
    await page.wait_for_url(re.compile("/desk$"))
    await page.goto(f"{demo.address}/desk/access")
    assert await faults_in_both_looks(page) == []
    await page.locator('form[action="/desk/access/app/begin"] button').click()
    await expect(page.locator("svg.qr")).to_be_visible()
    assert await faults_in_both_looks(page) == []

    await page.locator('form[action="/sign-out"] button').click()
    demo.turn_clock(STEP)
    await types_password(page, "ainikki")
    await page.wait_for_url(re.compile("/sign-in/code"))
    assert await faults_in_both_looks(page) == []
    await types_code(page, app.at(demo.now()))
    await page.wait_for_url(re.compile("/desk$"))


async def test_a_passkey_is_added_and_signs_in_alone(demo: Demo, new_context: NewContext) -> None:
    context = await new_context(viewport=DESKTOP, locale="en")
    page = await opened(demo, context)
    await has_a_device(context, page)
    await page.locator('button[value="ilmari"]').click()
    await page.goto(f"{demo.address}/desk/access")

    await page.locator("#passkey #field-name").fill("Test device")
    await page.locator("#passkey button").click()
    await expect(page.locator("#passkeys .entry")).to_contain_text("Test device")
    assert await faults_in_both_looks(page) == []
    await page.locator('form[action="/sign-out"] button').click()
    await page.wait_for_url(re.compile("/sign-in$"))
    assert await faults_in_both_looks(page) == []
    await page.locator("#passkey button").click()

    await page.wait_for_url(re.compile("/desk$"))
    await expect(page.locator("main")).to_be_visible()


async def test_the_first_admin_comes_by_a_link(demo: Demo, new_context: NewContext) -> None:
    refused = await asks_for_link(demo)
    database = await aiosqlite.connect(demo.data / "kohtaamo.sqlite3")
    await database.execute("UPDATE staff SET is_active = 0 WHERE role = 'admin'")
    await database.commit()
    await database.close()

    link = await asks_for_link(demo)
    page = await opened(demo, await new_context(viewport=DESKTOP, locale="en"), link)
    assert await faults_at(page, demo.address + link) == []
    for name, value in (("name", "Väinö Vanha"), ("login", "vaino"), ("new", NEW), ("again", NEW)):
        await page.locator(f"#field-{name}").fill(value)
    await page.locator("main form button").click()

    await page.wait_for_url(re.compile("/sign-in/enrol"))
    assert refused == "kohtaamo: there is an admin already, who takes others on at /admin/people."


async def asks_for_link(demo: Demo) -> str:
    """Run the command, and return the path of the link, or what it says instead."""
    command = [sys.executable, "-m", "server.cli", "first-admin"]
    asked = await create_subprocess_exec(*command, env=demo.environment, stdout=PIPE, stderr=STDOUT)
    said = (await asked.communicate())[0].decode().splitlines()[-1]
    return said.removeprefix(demo.address)


async def has_a_device(context: BrowserContext, page: Page) -> None:
    """Give the browser a device that keeps passkeys and takes everybody for its owner."""
    tools = await context.new_cdp_session(page)
    await tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    await tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

"""Signing in, delivered codes and passkeys: axe in three languages, light and dark, and by Tab alone."""

import re
from collections.abc import AsyncIterator

import pyotp
import pytest
from playwright.async_api import Page

from tests.instances.browser import DESKTOP, PHONE, NewContext
from tests.journeys.axe import faults_at, faults_in_both_looks
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.keyboard import Keyboard
from tests.journeys.people import customer, staff

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

OFFERING = "Asuntolainaneuvottelu"
OF_MY_SIGN_IN = ("/desk/access", "/desk/password", "/desk/access/app")
OF_SIGN_IN = ("/sign-in", "/sign-in?again=1&next=/desk/access", "/sign-in?passkey=1", "/first-admin/none")


@pytest.fixture(scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    settings = {"KOHTAAMO_SECOND_FACTOR": "everybody"}
    async with running_demo(tmp_path_factory.mktemp("demo"), settings=settings) as running:
        yield running
    assert running.faults == []


async def types(page: Page, action: str, **values: str) -> None:
    for name, value in values.items():
        await page.locator(f"#field-{name}").fill(value)
    await page.locator(f'form[action="{action}"] button').click()


async def walks(page: Page, *addresses: str) -> list[str]:
    """Go through each page by Tab alone."""
    keys = Keyboard(page)
    for address in addresses:
        await page.goto(address)
        await keys.walks()
    return keys.faults


async def test_signing_in_and_its_second_factor(demo: Demo, new_context: NewContext) -> None:
    page = await (await new_context(viewport=DESKTOP)).new_page()
    signing_in = [demo.address + path for path in OF_SIGN_IN]
    faults = [*await faults_at(page, *signing_in), *await walks(page, *signing_in)]
    await page.goto(signing_in[0])
    await types(page, "/sign-in", login="ainikki", password="ainikki")
    await page.wait_for_url(re.compile("/sign-in/enrol"))
    enrol = f"{demo.address}/sign-in/enrol"
    faults += [*await faults_at(page, enrol), *await walks(page, enrol)]
    app = pyotp.TOTP((await page.locator("code.secret").inner_text()).replace(" ", ""))
    await types(page, "/sign-in/enrol", code="000000")
    faults += await faults_in_both_looks(page)
    await types(page, "/sign-in/enrol", code=app.at(demo.now()))
    await page.locator("ul.codes").wait_for()
    faults += await faults_in_both_looks(page)
    await page.locator("main a.button").click()

    half = await (await new_context(viewport=DESKTOP)).new_page()
    await half.goto(signing_in[0])
    await types(half, "/sign-in", login="ainikki", password="ainikki")
    await half.wait_for_url(re.compile("/sign-in/code"))
    code = f"{demo.address}/sign-in/code"
    faults += [*await faults_at(half, code), *await walks(half, code)]

    assert faults == []


async def test_ones_own_sign_in_and_that_of_others(demo: Demo, new_context: NewContext) -> None:
    louhi = await staff(await new_context(viewport=DESKTOP), demo)
    await louhi.signs_in("louhi")
    await louhi.open("/desk/access")
    await louhi.page.locator('form[action="/desk/access/app/begin"] button').click()
    own = [demo.address + path for path in OF_MY_SIGN_IN]
    faults = [*await faults_at(louhi.page, *own), *await walks(louhi.page, *own)]
    admin = await staff(await new_context(viewport=DESKTOP), demo)
    await admin.signs_in("admin")
    await admin.open("/admin/people")
    person = await admin.page.locator("main a", has_text="Louhi").first.get_attribute("href")
    theirs = [f"{demo.address}{person}/sessions", f"{demo.address}{person}"]

    faults += [*await faults_at(admin.page, *theirs), *await walks(admin.page, theirs[0])]

    assert faults == []


async def test_a_delivered_code_at_the_desk_and_at_the_door(demo: Demo, new_context: NewContext) -> None:
    aino = await customer(await new_context(viewport=PHONE), demo)
    home = await aino.books(OFFERING, "Aino Virtanen", "aino@example.org")
    await aino.comes_in(home)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    passkey = f"{demo.address}{home}/passkey"
    faults = [*await faults_at(aino.page, passkey), *await walks(aino.page, passkey)]
    await aino.page.context.clear_cookies(name="door")
    await aino.comes_in(home)
    await aino.goes_to_the_bank()
    await aino.chooses_at_the_bank("garbage")
    ways = [f"{demo.address}{home}/identify", f"{demo.address}{home}/identify/code"]
    faults += [*await faults_at(aino.page, *ways), *await walks(aino.page, *ways)]
    ilmari = await staff(await new_context(viewport=DESKTOP), demo)
    await ilmari.signs_in("ilmari")
    link = await ilmari.page.locator('a[href$="/code"]', has_text="Aino Virtanen").first.get_attribute("href")
    desk = f"{demo.address}{link}"
    faults += [*await faults_at(ilmari.page, desk), *await walks(ilmari.page, desk)]
    await ilmari.page.locator("main form button").click()
    await ilmari.page.locator(".sheet__code").wait_for()
    faults += await faults_in_both_looks(ilmari.page)

    assert faults == []

"""The bank is down: a customer comes in by a delivered code, or is asked, and the adviser sees which."""

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.axe import faults_at, faults_in_both_looks
from tests.journeys.demo_process import Demo
from tests.journeys.people import Customer, Staff, customer, staff

pytestmark = pytest.mark.journey

OFFERING = "Asuntolainaneuvottelu"


async def bank_is_down(demo: Demo, new_context: NewContext, mood: str = "garbage") -> tuple[Customer, str]:
    """Bring Aino to the page that says that the bank does not answer."""
    aino = await customer(await new_context(viewport=PHONE), demo)
    path = await aino.books(OFFERING, "Aino Virtanen", "aino@example.org")
    await aino.comes_in(path)
    await aino.goes_to_the_bank()
    await aino.chooses_at_the_bank(mood)
    return aino, path


async def desk_page_of_code(demo: Demo, new_context: NewContext) -> Staff:
    ilmari = await staff(await new_context(), demo)
    await ilmari.signs_in("ilmari")
    link = ilmari.page.locator('a[href$="/code"]', has_text="Aino Virtanen").first
    await ilmari.open(await link.get_attribute("href") or "")
    return ilmari


async def test_aino_comes_in_by_the_code_that_the_branch_printed(demo: Demo, new_context: NewContext) -> None:
    aino, path = await bank_is_down(demo, new_context)
    faults = await faults_in_both_looks(aino.page)
    ilmari = await desk_page_of_code(demo, new_context)
    faults += await faults_at(ilmari.page, ilmari.page.url.split("?")[0])
    await ilmari.page.locator("main form button").click()
    code = await ilmari.page.locator(".sheet__code").inner_text()
    faults += await faults_in_both_looks(ilmari.page)
    await aino.open(f"{path}/identify")
    await aino.page.locator(f'a[href="{path}/identify/code"]').click()
    faults += await faults_at(aino.page, aino.page.url)

    await aino.page.goto(f"{demo.address}{path}/identify/code?lang=fi")
    await aino.page.locator("#field-code").fill("AAAA-AAAA-AAAA")
    await aino.page.keyboard.press("Enter")
    await expect(aino.page.locator("#error-code")).to_be_visible()
    faults += await faults_in_both_looks(aino.page)
    await aino.page.locator("#field-code").fill(code.lower())
    await aino.page.keyboard.press("Enter")

    await aino.is_in("waiting")
    assert faults == []
    await ilmari.open("/desk?lang=fi")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await expect(ilmari.page.locator("#identity")).to_contain_text("toimitettu koodi")
    await expect(ilmari.page.locator("#identity")).to_contain_text("matala")
    await expect(ilmari.page.locator('#identity[data-standing="bound"]')).to_be_visible()
    await expect(ilmari.page.locator("#identity .badge--good")).to_have_count(0)


VIRTUAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def test_aino_makes_a_passkey_and_comes_back_by_it_and_takes_it_away(
    demo: Demo, new_context: NewContext
) -> None:
    context = await new_context(viewport=PHONE)
    aino = await customer(context, demo)
    tools = await context.new_cdp_session(aino.page)
    await tools.send("WebAuthn.enable")
    await tools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
    first = await aino.books(OFFERING, "Aino Virtanen", "aino@example.org")
    await aino.comes_in(first)
    await aino.identifies_as("aino")
    await aino.is_in("waiting")
    await aino.open(f"{first}/passkey")
    await aino.page.locator("#passkey button").click()
    await expect(aino.page.locator('form[action$="/passkey/remove"]')).to_have_count(1)
    faults = await faults_at(aino.page, aino.page.url)

    await aino.page.goto(f"{demo.address}/?lang=fi")
    await context.clear_cookies(name="door")
    await aino.comes_in(first)
    await aino.goes_to_the_bank()
    await aino.chooses_at_the_bank("garbage")
    faults += await faults_in_both_looks(aino.page)
    await aino.page.locator("#passkey button").click()
    await aino.is_in("waiting")

    ilmari = await staff(await new_context(), demo)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in(nth=-1)  # the first is who left
    await expect(ilmari.page.locator("#identity")).to_contain_text("on käynyt täällä ennen")
    await expect(ilmari.page.locator("#identity")).to_contain_text("matala")
    await aino.open(f"{first}/passkey")
    await expect(aino.page.locator("#passkey")).to_have_count(0)  # a return enrols nothing
    await aino.page.locator('form[action$="/passkey/remove"] button').click()
    await expect(aino.page.locator('form[action$="/passkey/remove"]')).to_have_count(0)
    assert faults == []


async def test_aino_lets_the_adviser_ask_who_sees_that_nobody_identified_her(
    demo: Demo, new_context: NewContext
) -> None:
    aino, path = await bank_is_down(demo, new_context)

    await aino.page.locator(f'form[action="{path}/identify/questions"] button').click()

    await aino.is_in("waiting")
    ilmari = await staff(await new_context(), demo)
    await ilmari.signs_in("ilmari")
    await ilmari.opens_meeting_of("Aino Virtanen")
    await ilmari.lets_in()
    await expect(ilmari.page.locator("#identity")).to_contain_text("Ei tunnistettu")
    await expect(ilmari.page.locator("#identity")).to_contain_text("pankki ei toiminut")

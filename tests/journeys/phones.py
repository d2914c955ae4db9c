"""The demo's mobile certificate from both sides: the page that asks, and the test person's phone."""

from playwright.async_api import Page

AINO = "040 000 0001"


async def asks(page: Page, number: str) -> str:
    """Choose the mobile certificate, type a number, and return the code that the page shows."""
    await page.locator('form:has(input[value="demo-mobile"]) button').click()
    await page.locator("#field-number").fill(number)
    await page.locator("main form button").click()
    return await page.locator(".prompt__signs").inner_text()


async def press(phone: Page, choice: str, *, pin: str = "1234") -> str:
    """Look at the phone, do something there, and return the code that it showed."""
    await phone.goto("/demo/phone?lang=en")
    shown = await phone.locator(".phone__event").first.inner_text()
    await phone.locator(".phone__pin").first.fill(pin)
    await phone.locator(f'button[value="{choice}"]').first.click()
    return shown

"""What stands beside the way in: the adviser's own check, and what the table offers both."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

Look = Callable[[Page, str], Awaitable[None]]
"""Looks at a page in a state that has this name."""

MEASURED_MS = 60_000


async def checks_own_devices(page: Page, look: Look) -> None:
    """Look at the adviser's check while it asks for an ear, and when all is well."""
    for name in ("microphone", "camera", "line"):
        row = page.locator(f"#check-{name}")
        await expect(row).to_have_attribute("data-state", "good", timeout=MEASURED_MS)
    await look(page, "device check: listen")
    await page.locator("#check-play").click()
    await page.locator("#sound-yes").click()
    await expect(page.locator("#check-result")).to_have_attribute("data-verdict", "ready")
    await look(page, "device check: ready")


async def share_the_screen(aino: Page, ilmari: Page, look: Look) -> None:
    """Look at both sides while the adviser shares a screen over the page that lies on the table."""
    await ilmari.locator('#share [data-part="share"]').click()
    await expect(aino.locator("#screen video")).to_be_visible()
    await look(aino, "table with a screen")
    await look(ilmari, "adviser's table, sharing")
    await aino.locator('#screen [data-part="enlarge"]').click()
    await look(aino, "table with an enlarged screen")
    await ilmari.locator('#sharing [data-part="stop"]').click()
    await expect(aino.locator("#screen")).to_be_hidden()


async def use_the_table(aino: Page, ilmari: Page, look: Look) -> None:
    """Look at the six digits, at choosing devices, at hiding oneself, and at what the other then sees."""
    for summary, name in (("#code summary", "six digits opened"), (".meeting__devices summary", "devices")):
        await aino.locator(summary).click()
        await look(aino, name)
        await aino.locator(summary).click()
    await aino.locator("#privacy").click()
    await expect(ilmari.locator("#meeting-blank")).to_be_visible()
    await look(aino, "hidden")
    await look(ilmari, "adviser's table, customer hidden")
    await aino.locator("#privacy").click()
    await expect(ilmari.locator("#meeting-blank")).to_be_hidden()

"""What axe-core finds on a page, as people see it: in any language, light on a phone, dark on a desktop."""

from collections.abc import Mapping
from itertools import cycle
from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page

from tests.instances.browser import DESKTOP, PHONE

LANGUAGES = ("fi", "sv", "en")
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
LOOKS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]},
    "resultTypes": ["violations"],
}
"""What the style sheet alone decides; the rest of a page is the same in every look."""

SCRIPT: str = Axe().axe_script
FIND = """
options => axe.run(options).then(found => found.violations.flatMap(
  fault => fault.nodes.map(node => `${fault.id}: ${node.target}`)))
"""


async def faults_of(page: Page, rules: Mapping[str, object] = RULES) -> list[str]:
    """Return what axe finds on the page as it stands, one line each."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(SCRIPT)
    return [f"{page.url}: {fault}" for fault in await page.evaluate(FIND, rules)]


async def faults_in_both_looks(page: Page) -> list[str]:
    """Look at the same page twice: light on a phone, dark on a desktop."""
    await page.set_viewport_size(PHONE)
    await page.emulate_media(color_scheme="light")
    light = await faults_of(page)
    await page.set_viewport_size(DESKTOP)
    await page.emulate_media(color_scheme="dark")
    return [*light, *(f"{fault} (dark)" for fault in await faults_of(page, LOOKS))]


async def faults_at(page: Page, *addresses: str) -> list[str]:
    """Open addresses in each language, whatever their status, and look at them in both looks."""
    faults: list[str] = []
    for address in addresses:
        for language in LANGUAGES:
            joint = "&" if "?" in address else "?"
            await page.goto(f"{address}{joint}lang={language}")
            faults += await faults_in_both_looks(page)
    return faults


async def faults_in_turn(page: Page, *addresses: str) -> list[str]:
    """Look at many addresses in both looks, each in one language: the next address in the next one."""
    faults: list[str] = []
    for address, language in zip(addresses, cycle(LANGUAGES), strict=False):
        joint = "&" if "?" in address else "?"
        await page.goto(f"{address}{joint}lang={language}")
        faults += await faults_in_both_looks(page)
        if urlsplit(page.url).path != urlsplit(address).path:
            faults.append(f"{address} leads to {page.url}")
    return faults

"""All that is booked, read or decided works in a browser that runs no script."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.instances.browser import PHONE, NewContext
from tests.journeys.demo_process import running_demo
from tests.journeys.people import Staff, customer

pytestmark = pytest.mark.journey


async def test_aino_books_confirms_moves_and_cancels_without_any_script(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino = await customer(await new_context(viewport=PHONE, java_script_enabled=False), demo)
        path = await aino.books("Terveydenhoitajan vastaanotto", "Aino Virtanen", "aino@example.org")

        await aino.open(f"{path}/confirm")
        await aino.page.locator("main form button").click()
        await aino.open(f"{path}/move")
        await aino.page.locator(".day > .slots a").last.click()
        await aino.page.locator(f'form[action="{path}/move"] button').click()
        moved_to = await aino.page.locator(".when").first.inner_text()
        await aino.open(f"{path}/cancel")
        await aino.page.locator(f'form[action="{path}/cancel"] button').click()

        admin = Staff(await (await new_context(java_script_enabled=False)).new_page(), demo)
        await admin.signs_in("admin")
        await admin.open("/admin")
        await expect(admin.page.locator(".tile").first).to_be_visible()
        await admin.open("/demo/outbox")
        letters = admin.page.locator("main", has_text=re.compile("peruttu"))
        await expect(letters).to_contain_text(re.search(r"\d+\.\d+\.\d{4}", moved_to).group())  # type: ignore[union-attr]

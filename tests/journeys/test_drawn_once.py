"""A page of the meeting is drawn when it is known where one is; who hears nothing sees it a moment later."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import WebSocketRoute, expect

from tests.instances.browser import NewContext
from tests.journeys.demo_process import running_demo
from tests.journeys.test_meeting_survives import in_a_meeting

pytestmark = pytest.mark.journey

A_MOMENT_MS = 200


async def test_who_hears_nothing_of_the_server_sees_the_page_after_a_moment(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino, _ = await in_a_meeting(demo, new_context)
        page = aino.page
        await page.route_web_socket("**/ws/meetings/*", _says_nothing)
        await page.clock.install()
        await page.clock.pause_at(demo.now() + timedelta(hours=1))
        await page.reload()
        await expect(page.locator("#main")).to_be_attached()

        await expect(page.locator("body")).to_have_css("opacity", "0")
        await page.clock.run_for(A_MOMENT_MS)

        await expect(page.locator("body")).to_have_css("opacity", "1")
        await expect(page.locator(".site-header")).to_be_visible()


def _says_nothing(_: WebSocketRoute) -> None:
    """Take the line, and pass nothing on to the server."""

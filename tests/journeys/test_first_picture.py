"""The first picture of the other one is a small one, which is there sooner; a moment later it is whole."""

import asyncio
from pathlib import Path

import pytest

from tests.instances.browser import NewContext
from tests.journeys.demo_process import running_demo
from tests.journeys.test_meeting_survives import in_a_meeting

pytestmark = pytest.mark.journey

SMALL = 160

NOTE_WIDTHS = """
addEventListener('DOMContentLoaded', () => {
  window.widths = new Promise((resolve) => {
    const video = document.getElementById('remote');
    let first = 0;
    const look = (now, { width }) => {
      first ||= width;
      if (width === first) video.requestVideoFrameCallback(look);
      else resolve([first, width]);
    };
    video.requestVideoFrameCallback(look);
  });
});
"""


async def test_the_first_picture_of_the_other_one_is_small_and_the_next_ones_are_larger(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino, ilmari = await in_a_meeting(demo, new_context)
        for who in (aino, ilmari):  # each comes anew once, and is met by the one who sits there
            await who.page.add_init_script(NOTE_WIDTHS)
            await who.page.reload()
            async with asyncio.timeout(20):
                first, second = await who.page.evaluate("window.widths")
            assert first == SMALL < second

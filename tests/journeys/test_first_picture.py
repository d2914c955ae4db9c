"""The picture of the other one: a small one comes first, and words lie over it where none comes."""

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

COVERED = """
async () => {
  const address = document.querySelector('script[src*="meeting/main"]').src.replace("main.js", "view.js");
  const {View} = await import(address);
  const [view, blank] = [new View({say: () => ""}), document.querySelector("#meeting-blank")];
  const stream = document.querySelector("#remote").srcObject;
  const told = {
    rests: () => view.blank(true),
    anew: () => view.picture(stream),
    comes: () => view.blank(false),
    none: () => view.picture(null),
  };
  return Object.entries(told).map(([name, tell]) => (tell(), [name, blank.checkVisibility()]));
}
"""
"""Tells the page of the other side's picture, and whether words lie over it then."""


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


async def test_a_stream_that_comes_anew_uncovers_no_picture_that_rests(
    tmp_path: Path, new_context: NewContext
) -> None:
    async with running_demo(tmp_path) as demo:
        aino, _ = await in_a_meeting(demo, new_context)

        seen = await aino.page.evaluate(COVERED)

    assert seen == [["rests", True], ["anew", True], ["comes", False], ["none", True]]

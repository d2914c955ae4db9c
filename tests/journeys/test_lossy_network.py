"""Loss that every mobile network knows leaves the voice whole and the picture moving.

`make slow` prints `10 % loss each way + 200 ms: concealed … (without: …), picture … frames a second`.
"""

from pathlib import Path

import pytest

from tests.instances.apart import apart
from tests.instances.link import Weather
from tests.journeys.call_figures import stretches
from tests.journeys.demo_process import running_demo
from tests.journeys.test_meeting_survives import in_a_meeting

pytestmark = [pytest.mark.slow, pytest.mark.journey]

SECONDS = 40.0
SETTLED = 5.0
"""Until then the browser's buffers are those of another network."""


async def test_loss_and_delay_leave_the_voice_whole_and_the_picture_moving(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as demo, apart(tmp_path, demo.address) as places:
        aino, ilmari = await in_a_meeting(demo, places.new_context)
        pages = (aino.page, ilmari.page)
        before = await stretches(pages, SECONDS)
        without, fluent = max(each.concealed for each in before), min(each.frames_a_second for each in before)
        for loss, delay, bar, least in ((0.1, 0.1, 0.02, 10.0), (0.2, 0.2, 0.05, 0.0)):
            await places.link.be(Weather(loss=loss, delay=delay))
            await stretches(pages, SETTLED)
            seen = await stretches(pages, SECONDS)

            concealed, frames = (
                max(each.concealed for each in seen),
                min(each.frames_a_second for each in seen),
            )
            figures = (
                f"concealed {concealed:.2%} (without: {without:.2%}), picture {frames:.0f} frames a second"
            )
            print(f"{loss:.0%} loss each way + {2_000 * delay:.0f} ms: {figures} (without: {fluent:.0f})")
            assert concealed <= max(bar, 1.2 * without)
            assert frames >= min(least, fluent / 1.2)

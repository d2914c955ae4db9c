"""How far picture and sound go down and up: the browser's own rule, run by node as it stands."""

import json
from collections.abc import Sequence
from itertools import groupby

from tests.instances.node import printed, script_address

SCRIPT = """
const {{ Ladder }} = await import({module});
const ladder = new Ladder(), stood = [];
for (const sample of {samples}) {{
  ladder.take(sample);
  stood.push(ladder.silence ?? ladder.rung);
}}
console.log(JSON.stringify(stood));
"""
WIDE, NARROWER, NARROW, OVERRUN = 900_000, 160_000, 84_000, 60_000


def seconds(
    count: int, room: int | None, *, loss: float = 0.0, delay: float = 0.05, comes: bool = True
) -> list[dict[str, object]]:
    """So many seconds of a way that looks the same, two samples each."""
    return [{"room": room, "loss": loss, "delay": delay, "comes": comes}] * (2 * count)


async def stood(samples: Sequence[dict[str, object]]) -> list[str]:
    """Return where the ladder stood after each sample, two a second."""
    module = script_address("meeting/ladder.js")
    timed = [{"at": number * 500, **sample} for number, sample in enumerate(samples)]
    answer: list[str] = await printed(SCRIPT.format(module=module, samples=json.dumps(timed)))
    return answer


async def rungs(*samples: dict[str, object]) -> list[str]:
    """Return the rungs in their order, each once."""
    return [rung for rung, _ in groupby(await stood(samples))]


async def test_wide_way_carries_the_picture_all_the_time() -> None:
    assert await rungs(*seconds(60, WIDE)) == ["picture"]


async def test_loss_alone_takes_no_picture_away() -> None:
    assert await rungs(*seconds(60, WIDE, loss=0.2, delay=0.4)) == ["picture"]


async def test_narrower_way_makes_the_picture_smaller_and_no_more() -> None:
    assert await rungs(*seconds(60, NARROWER)) == ["picture", "small"]


async def test_narrow_way_is_left_to_the_voice_within_four_seconds() -> None:
    after = await stood([*seconds(5, WIDE), *seconds(4, NARROW, delay=0.6)])

    assert after[-1] == "voice"


async def test_lossy_way_of_little_room_keeps_its_small_picture_while_no_queue_fills() -> None:
    assert await rungs(*seconds(60, NARROW, loss=0.1, delay=0.05)) == ["picture", "small"]


async def test_dip_of_a_second_changes_nothing() -> None:
    assert await rungs(*seconds(5, WIDE), *seconds(1, NARROW), *seconds(5, WIDE)) == ["picture"]


async def test_healed_way_gets_its_picture_back_a_rung_at_a_time_within_half_a_minute() -> None:
    way = [*seconds(1, WIDE), *seconds(4, OVERRUN, delay=0.6), *seconds(30, WIDE)]

    assert await rungs(*way) == ["picture", "voice", "sound", "small", "picture"]


async def test_narrow_way_never_tries_a_picture_again() -> None:
    after = await stood([*seconds(5, WIDE), *seconds(4, NARROW, delay=0.6), *seconds(116, NARROW)])

    assert set(after[20:]) == {"voice", "sound"}


async def test_better_sound_that_does_not_fit_is_tried_rarely() -> None:
    tries = await stood([*seconds(1, WIDE), *seconds(5, NARROW, delay=0.6), *seconds(60, OVERRUN)])

    assert 3 <= [rung for rung, _ in groupby(tries)].count("sound") <= 7


async def test_browser_that_tells_no_room_goes_by_queues_that_run_over() -> None:
    full = seconds(4, None, loss=0.3, delay=0.7)

    assert await rungs(*seconds(5, None), *full) == ["picture", "small", "voice"]


async def test_silence_leaves_writing_and_then_the_phone_and_goes_when_something_comes() -> None:
    silent = seconds(35, WIDE, comes=False)

    assert await rungs(*seconds(5, WIDE), *silent, *seconds(1, WIDE)) == [
        "picture",
        "text",
        "phone",
        "picture",
    ]

"""Percentiles, marks in frames, and the kernel's count of processor time."""

import json

import pytest

from bench.cpu import ticks
from bench.frames import CANDIDATES_A_DESCRIPTION, Frames
from bench.memory import resident
from bench.spread import percentile
from bench.traffic import MARK, Run, mark, milliseconds_since


@pytest.mark.parametrize(("percent", "value"), [(50, 5), (95, 10), (90, 9), (100, 10), (0, 1)])
def test_percentile_is_the_nearest_rank(percent: float, value: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == value


def test_processor_time_is_found_behind_a_name_with_blanks_and_brackets() -> None:
    stat = "7 (a (b) c) S " + " ".join(str(number) for number in range(4, 53))

    assert ticks(stat) == 14 + 15


def test_mark_is_found_again_in_any_frame() -> None:
    frame = f'{{"candidate": "x {MARK}{1_000_000:020d} y"}}'

    assert milliseconds_since(frame, now_ns=3_500_000) == 2.5


def test_every_frame_carries_its_mark_and_a_description_comes_before_sixty_candidates() -> None:
    frames, first = Frames("7d"), mark()

    said = [frames.next(first) for _ in range(2 * (CANDIDATES_A_DESCRIPTION + 1))]

    kinds = [json.loads(frame)["type"] for frame in said]
    assert kinds == 2 * ["description", *["candidate"] * CANDIDATES_A_DESCRIPTION]
    assert all(frame.count(first) == 1 for frame in said)


def test_memory_is_what_is_resident_and_not_what_was_asked_for() -> None:
    assert resident("Name:\tVmRSS: 9 kB\nVmPeak:\t  900 kB\nVmRSS:\t  4100 kB\nVmSwap: 7 kB\n") == 4100


def test_a_server_that_works_all_the_time_is_busy_by_one() -> None:
    assert Run(messages=10_000, seconds=2.0, cpu_us=200.0, latencies_ms=()).busy == 1.0

"""One verdict and one piece of advice for every measure there can be."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalling.precall.ports import Heard
from signalling.precall.verdict import (
    FAILURES,
    THRESHOLDS,
    Advice,
    Failure,
    Kind,
    Measures,
    Threshold,
    Verdict,
    judge,
)

FINE = Measures(
    audio_returned=True,
    video_returned=True,
    round_trip_ms=40,
    jitter_ms=5,
    audio_loss_sent=0,
    audio_loss_returned=0,
    video_loss_sent=0,
    video_loss_returned=0,
    frames_per_second=30,
)

figures = st.one_of(st.none(), st.floats(0, 100_000, allow_nan=False))
measures = st.builds(
    Measures,
    failure=st.one_of(st.none(), st.sampled_from(Failure)),
    audio_returned=st.booleans(),
    video_returned=st.booleans(),
    microphone_silent=st.booleans(),
    uses_relay=st.booleans(),
    **{threshold.measure: figures for threshold in THRESHOLDS},
)


def change(found: Measures, name: str, value: object) -> Measures:
    changed: dict[str, Any] = {name: value}
    return replace(found, **changed)


def test_good_line_is_good() -> None:
    assert judge(FINE) == Verdict(Kind.GOOD, Advice.COME_AS_YOU_ARE)


def test_relay_alone_makes_no_line_worse() -> None:
    assert judge(replace(FINE, uses_relay=True)) == judge(FINE)


@pytest.mark.parametrize("threshold", THRESHOLDS, ids=lambda t: t.measure)
def test_each_measure_is_good_to_its_bound_then_usable_then_poor(threshold: Threshold) -> None:
    beyond = 0.001 * threshold.step

    kinds = [
        judge(change(FINE, threshold.measure, value))
        for value in (threshold.good, threshold.good + beyond, threshold.usable, threshold.usable + beyond)
    ]

    usable, poor = Verdict(Kind.USABLE, threshold.advice), Verdict(Kind.POOR, threshold.advice)
    assert kinds == [judge(FINE), usable, usable, poor]


@pytest.mark.parametrize(
    ("failure", "verdict"),
    [
        (Failure.BLOCKED, Verdict(Kind.POOR, Advice.ALLOW_DEVICES)),
        (Failure.NO_MICROPHONE, Verdict(Kind.POOR, Advice.CONNECT_MICROPHONE)),
        (Failure.NO_CONNECTION, Verdict(Kind.POOR, Advice.TRY_ANOTHER_NETWORK)),
        (Failure.BROKE_OFF, Verdict(Kind.POOR, Advice.LOAD_AGAIN)),
    ],
)
def test_test_that_could_not_run_says_why(failure: Failure, verdict: Verdict) -> None:
    assert judge(Measures(failure=failure)) == verdict


def test_every_failure_has_its_row() -> None:
    assert set(FAILURES) == set(Failure)


def test_talk_without_a_camera_is_usable() -> None:
    found = replace(FINE, failure=Failure.NO_CAMERA, video_returned=False, frames_per_second=None)

    assert judge(found) == Verdict(Kind.USABLE, Advice.CONNECT_CAMERA)


def test_nothing_back_is_the_network_and_one_medium_missing_is_the_device() -> None:
    nothing = replace(FINE, audio_returned=False, video_returned=False)
    no_sound = replace(FINE, audio_returned=False)
    no_picture = replace(FINE, video_returned=False)

    advice = [judge(found).advice for found in (nothing, no_sound, no_picture)]

    assert advice == [Advice.TRY_ANOTHER_NETWORK, Advice.CHECK_MICROPHONE, Advice.CHECK_CAMERA]


def test_worst_measure_decides_the_advice_and_sound_comes_first() -> None:
    both_poor = replace(FINE, frames_per_second=1, audio_loss_sent=0.5)
    picture_worse = replace(FINE, frames_per_second=1, audio_loss_sent=0.05)

    advice = [judge(found).advice for found in (both_poor, picture_worse)]

    assert advice == [Advice.COME_CLOSER_TO_ROUTER, Advice.CLOSE_PROGRAMS]


def test_microphone_without_the_least_sound_is_to_be_checked() -> None:
    assert judge(replace(FINE, microphone_silent=True)) == Verdict(Kind.USABLE, Advice.CHECK_MICROPHONE)


def test_medium_that_never_reached_the_server_has_not_come_back_whatever_the_browser_says() -> None:
    heard = [*(Heard(audio_frames=a, video_frames=v) for a, v in ((9, 9), (9, 0), (0, 9))), None]

    returned = [FINE.confirmed_by(each) for each in heard]

    both = [(each.audio_returned, each.video_returned) for each in returned]
    assert both == [(True, True), (True, False), (False, True), (False, False)]


@given(measures)
def test_everything_measured_has_one_verdict_and_good_needs_no_advice(found: Measures) -> None:
    verdict = judge(found)

    assert (verdict.kind is Kind.GOOD) == (verdict.advice is Advice.COME_AS_YOU_ARE)


@given(measures, st.sampled_from(THRESHOLDS), st.floats(0, 1000), st.floats(0, 1000))
def test_worse_figure_never_gives_a_better_verdict(
    found: Measures, threshold: Threshold, one: float, other: float
) -> None:
    better, worse = sorted((one, other), key=lambda value: value * threshold.step)

    kinds = [judge(change(found, threshold.measure, value)).kind for value in (better, worse)]

    assert kinds == sorted(kinds)


@given(measures, st.sampled_from(["audio_returned", "video_returned"]))
def test_medium_that_did_not_come_back_never_gives_a_better_verdict(found: Measures, medium: str) -> None:
    kinds = [judge(change(found, medium, value)).kind for value in (True, False)]

    assert kinds == sorted(kinds)


@given(st.sampled_from(Failure))
def test_failure_never_makes_a_line_better(failure: Failure) -> None:
    assert judge(replace(FINE, failure=failure)).kind > judge(FINE).kind

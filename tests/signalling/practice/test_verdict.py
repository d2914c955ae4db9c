""" "Ready", or the one thing to mend."""

import pytest

from signalling.practice.verdict import Answers, judge_practice
from signalling.precall.ports import Heard
from signalling.precall.verdict import Advice, Failure, Kind, Measures, Verdict

FINE = Measures(audio_returned=True, video_returned=True, round_trip_ms=20, frames_per_second=15)
HEARD = Heard(audio_frames=500, video_frames=300, has_sound=True, silence=True, sound=True)
SAW = Answers(greeting=True, page=True)


def test_who_was_seen_and_heard_and_sees_and_hears_is_ready() -> None:
    assert judge_practice(FINE, HEARD, SAW) == Verdict(Kind.GOOD, Advice.COME_AS_YOU_ARE)


def test_who_skips_is_not_blamed_for_it() -> None:
    skipped = Heard(audio_frames=500, video_frames=300, has_sound=True)

    assert judge_practice(FINE, skipped, Answers()) == Verdict(Kind.GOOD, Advice.COME_AS_YOU_ARE)


@pytest.mark.parametrize(
    ("heard", "answers", "verdict"),
    [
        (
            Heard(audio_frames=500, video_frames=300, sound=False),
            SAW,
            Verdict(Kind.POOR, Advice.CHECK_MICROPHONE),
        ),
        (Heard(audio_frames=500, video_frames=300), SAW, Verdict(Kind.USABLE, Advice.CHECK_MICROPHONE)),
        (HEARD, Answers(greeting=False, page=True), Verdict(Kind.POOR, Advice.TURN_UP_SOUND)),
        (HEARD, Answers(greeting=True, page=False), Verdict(Kind.POOR, Advice.UPDATE_BROWSER)),
        (None, SAW, Verdict(Kind.POOR, Advice.TRY_ANOTHER_NETWORK)),
    ],
)
def test_worst_finding_is_the_one_thing(heard: Heard | None, answers: Answers, verdict: Verdict) -> None:
    assert judge_practice(FINE, heard, answers) == verdict


def test_who_has_no_camera_is_ready_without_one() -> None:
    measures = Measures(audio_returned=True, round_trip_ms=20, failure=Failure.NO_CAMERA)

    assert judge_practice(measures, HEARD, SAW) == Verdict(Kind.USABLE, Advice.CONNECT_CAMERA)


def test_blocked_devices_are_the_one_thing_whatever_else_is_missing() -> None:
    found = judge_practice(Measures(failure=Failure.BLOCKED), None, Answers())

    assert found == Verdict(Kind.POOR, Advice.ALLOW_DEVICES)

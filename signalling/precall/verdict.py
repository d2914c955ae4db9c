"""What a connection test came to: one of three verdicts and one piece of advice, from measures alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from signalling.precall.ports import Heard


class Kind(IntEnum):
    """The verdicts, better before worse."""

    GOOD = 0
    USABLE = 1
    POOR = 2


class Failure(StrEnum):
    """What kept the test from running as it should."""

    NO_CAMERA = "no_camera"
    NO_MICROPHONE = "no_microphone"
    BLOCKED = "blocked"
    NO_CONNECTION = "no_connection"
    BROKE_OFF = "broke_off"


class Advice(StrEnum):
    """What the person may do; the page has one sentence for each."""

    COME_AS_YOU_ARE = "come_as_you_are"
    ALLOW_DEVICES = "allow_devices"
    CONNECT_MICROPHONE = "connect_microphone"
    CONNECT_CAMERA = "connect_camera"
    TRY_ANOTHER_NETWORK = "try_another_network"
    CHECK_MICROPHONE = "check_microphone"
    CHECK_CAMERA = "check_camera"
    COME_CLOSER_TO_ROUTER = "come_closer_to_router"
    STOP_DOWNLOADS = "stop_downloads"
    CLOSE_PROGRAMS = "close_programs"
    TURN_UP_SOUND = "turn_up_sound"
    UPDATE_BROWSER = "update_browser"
    LOAD_AGAIN = "load_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What was measured; a figure that is None could not be measured. Loss is a fraction, 0 to 1."""

    failure: Failure | None = None
    audio_returned: bool = False
    video_returned: bool = False
    microphone_silent: bool = False
    round_trip_ms: float | None = None
    jitter_ms: float | None = None
    audio_loss_sent: float | None = None
    audio_loss_returned: float | None = None
    video_loss_sent: float | None = None
    video_loss_returned: float | None = None
    frames_per_second: float | None = None
    uses_relay: bool = False

    def confirmed_by(self, heard: Heard | None) -> "Measures":
        """Believe that a medium came back only if the server had it to send back."""
        heard = heard or Heard()
        return replace(
            self,
            audio_returned=self.audio_returned and heard.audio_frames > 0,
            video_returned=self.video_returned and heard.video_frames > 0,
        )

    @property
    def loss(self) -> float | None:
        """Return the worst loss of any medium in any direction."""
        sent_and_returned = (
            self.audio_loss_sent,
            self.audio_loss_returned,
            self.video_loss_sent,
            self.video_loss_returned,
        )
        return max((loss for loss in sent_and_returned if loss is not None), default=None)


@dataclass(frozen=True, slots=True)
class Threshold:
    """Up to where a measure is good, and up to where usable; `step` is −1 where more is better."""

    measure: str
    good: float
    usable: float
    advice: Advice
    step: int = 1

    def judge(self, value: float) -> Kind:
        if value * self.step <= self.good * self.step:
            return Kind.GOOD
        return Kind.USABLE if value * self.step <= self.usable * self.step else Kind.POOR


# The order decides whose advice is given when two measures are equally bad: sound before picture.
# Round trip: ITU-T G.114 calls 150 ms one way good and 400 ms the limit; the test's way is there and back.
# Loss: Opus hides 3 % of loss well and 10 % poorly; the picture freezes until what was lost is sent again.
# Frames: a camera in a dim room gives 15 a second, and that is good enough for a talk.
THRESHOLDS = (
    Threshold("audio_loss_sent", 0.03, 0.10, Advice.COME_CLOSER_TO_ROUTER),
    Threshold("audio_loss_returned", 0.03, 0.10, Advice.COME_CLOSER_TO_ROUTER),
    Threshold("round_trip_ms", 300, 800, Advice.STOP_DOWNLOADS),
    Threshold("jitter_ms", 40, 120, Advice.STOP_DOWNLOADS),
    Threshold("video_loss_sent", 0.03, 0.10, Advice.COME_CLOSER_TO_ROUTER),
    Threshold("video_loss_returned", 0.03, 0.10, Advice.COME_CLOSER_TO_ROUTER),
    Threshold("frames_per_second", 12, 6, Advice.CLOSE_PROGRAMS, step=-1),
)

FAILURES = {
    Failure.BLOCKED: (Kind.POOR, Advice.ALLOW_DEVICES),
    Failure.NO_MICROPHONE: (Kind.POOR, Advice.CONNECT_MICROPHONE),
    Failure.NO_CONNECTION: (Kind.POOR, Advice.TRY_ANOTHER_NETWORK),
    Failure.BROKE_OFF: (Kind.POOR, Advice.LOAD_AGAIN),
    Failure.NO_CAMERA: (Kind.USABLE, Advice.CONNECT_CAMERA),  # a talk without a picture is a talk
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How good it was, and what to do."""

    kind: Kind
    advice: Advice


def judge(measures: Measures) -> Verdict:
    """Return the verdict of the worst finding; of equally bad ones, the first decides the advice."""
    findings = (Verdict(Kind.GOOD, Advice.COME_AS_YOU_ARE), *_findings(measures))
    return max(findings, key=lambda finding: finding.kind)


def _findings(measures: Measures) -> Iterator[Verdict]:
    if measures.failure is not None:
        yield Verdict(*FAILURES[measures.failure])
    yield from _missing(measures)
    for threshold in THRESHOLDS:
        value = getattr(measures, threshold.measure)
        if value is not None:
            yield Verdict(threshold.judge(value), threshold.advice)


def _missing(measures: Measures) -> Iterator[Verdict]:
    """Yield what did not come back, or came but could not be measured."""
    if not (measures.audio_returned or measures.video_returned):
        yield Verdict(Kind.POOR, Advice.TRY_ANOTHER_NETWORK)
    if not measures.audio_returned:
        yield Verdict(Kind.POOR, Advice.CHECK_MICROPHONE)
    if measures.microphone_silent:
        yield Verdict(Kind.USABLE, Advice.CHECK_MICROPHONE)
    if measures.failure is Failure.NO_CAMERA:
        return
    if not measures.video_returned or measures.frames_per_second is None:
        yield Verdict(Kind.POOR, Advice.CHECK_CAMERA)

"""A step on the way in, and what is known of who stands there: one picture for desk, meeting and helper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from signalling.arrival import Arrival, Camera, Microphone
from signalling.failure import Failure
from web.i18n import N_
from web.meeting_words import ARRIVAL


class Step(StrEnum):
    """The steps of coming in, in their order."""

    NOT_HERE = "not_here"
    DOOR = "door"
    IDENTIFICATION = "identification"
    DEVICES = "devices"
    READY = "ready"
    MEETING = "meeting"


STEPS: Mapping[Step, str] = MappingProxyType(
    {
        Step.DOOR: N_("Door"),
        Step.IDENTIFICATION: N_("Identification"),
        Step.DEVICES: N_("Camera and microphone"),
        Step.READY: N_("Waiting to be let in"),
        Step.MEETING: N_("Meeting"),
    }
)
CAMERAS: Mapping[Camera, str] = MappingProxyType(
    {
        Camera.NONE: N_("No camera"),
        Camera.OFF: N_("The camera is off"),
        Camera.ON: N_("The camera is on"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingIn:
    """`text` says what happens at the step; `trouble` what is wrong there, in words for everybody's eyes.

    `reason` is why an identification failed, which is for the adviser alone. All three are message ids.
    """

    step: Step
    steps: Sequence[Step]
    text: str
    trouble: str = ""
    failure: Failure | None = None
    reason: str = ""
    arrival: Arrival | None = None
    said: str = ""
    help: Failure | None = None
    can_be_told: bool = False

    @property
    def is_stuck(self) -> bool:
        return bool(self.trouble)

    @property
    def words(self) -> str:
        return self.trouble or self.text

    @property
    def is_here(self) -> bool:
        return self.step not in (Step.NOT_HERE, Step.MEETING)

    @property
    def device(self) -> Sequence[str]:
        """Name the device in message ids; what is unknown is not said."""
        if self.arrival is None:
            return ()
        one = self.arrival.device
        names = (f"device_{one.kind}", f"system_{one.system}", f"browser_{one.browser}")
        return [ARRIVAL[name] for name in names if name in ARRIVAL]

    @property
    def microphone(self) -> tuple[str, str]:
        """Return the words and the mood of the microphone's level; no words when nothing is known."""
        heard = self.arrival.microphone if self.arrival else Microphone.UNKNOWN
        mood = "good" if heard is Microphone.HEARD else "warn"
        return ARRIVAL.get(f"microphone_{heard}", ""), mood

    @property
    def camera(self) -> str:
        seen = self.arrival.camera if self.arrival else Camera.UNKNOWN
        return CAMERAS.get(seen, "")

    @property
    def mark(self) -> str:
        """Differs whenever something shown does."""
        return sha256(repr(self).encode()).hexdigest()[:16]

    def has_passed(self, step: Step) -> bool:
        return self.step in self.steps and self.steps.index(step) < self.steps.index(self.step)

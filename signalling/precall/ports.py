"""What a page asks of whoever runs connection tests."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from signalling.ice import IcePolicy

SDP_LIMIT_BYTES = 32 * 1024
"""A browser's offer for one camera and one microphone is 6 to 10 kB."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The session description that begins a test, and the test's unguessable id."""

    id: str
    sdp: str


class Sound(StrEnum):
    """What a practice listens for."""

    SILENCE = "silence"
    SOUND = "sound"


class Sort(StrEnum):
    """What our end does: send back what comes, or play the practice adviser."""

    ECHO = "echo"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What has reached the server so far: what no browser can claim by itself.

    Whether there was silence or sound when it was listened for is None until somebody listened.
    """

    audio_frames: int = 0
    video_frames: int = 0
    has_sound: bool = False
    silence: bool | None = None
    sound: bool | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in the line for a practice; who is first when there is room may begin."""

    ticket: str
    ahead: int
    seconds: int
    """About how long until they may begin; 0 is now."""


class ConnectionTests(Protocol):
    """Runs tests; a test also ends by itself when its time is over."""

    @property
    def ice(self) -> IcePolicy:
        """Return which servers the browser shall use, so that the test takes the road of the meeting."""
        ...

    async def place(self, ticket: str | None) -> Place:
        """Stand in line, or tell that one still does. Raises ConnectionTestUnavailable."""
        ...

    async def begin(self, sdp: str, sort: Sort = Sort.ECHO, ticket: str | None = None) -> Answer:
        """Raise ConnectionTestUnavailable, TooManyConnectionTests or BadOffer."""
        ...

    async def listen(self, test_id: str, wanted: Sound) -> bool:
        """Wait some seconds for silence or sound, and say whether it came."""
        ...

    async def heard(self, test_id: str) -> Heard | None:
        """Return None when there is no such test (any more)."""
        ...

    async def end(self, test_id: str) -> None:
        """End a test early; one that is not there is no fault."""
        ...

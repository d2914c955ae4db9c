"""What a page asks of whoever runs connection tests."""

from dataclasses import dataclass
from typing import Protocol

from signalling.ice import IcePolicy

SDP_LIMIT_BYTES = 32 * 1024
"""A browser's offer for one camera and one microphone is 6 to 10 kB."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The session description that begins a test, and the test's unguessable id."""

    id: str
    sdp: str


@dataclass(frozen=True, slots=True)
class Heard:
    """How many frames have reached the server so far: what no browser can claim by itself."""

    audio_frames: int
    video_frames: int


class ConnectionTests(Protocol):
    """Runs tests; a test also ends by itself when its time is over."""

    @property
    def ice(self) -> IcePolicy:
        """Return which servers the browser shall use, so that the test takes the road of the meeting."""
        ...

    async def begin(self, sdp: str) -> Answer:
        """Raise ConnectionTestUnavailable, TooManyConnectionTests or BadOffer."""
        ...

    async def heard(self, test_id: str) -> Heard | None:
        """Return None when there is no such test (any more)."""
        ...

    async def end(self, test_id: str) -> None:
        """End a test early; one that is not there is no fault."""
        ...

"""Hears whether a microphone is silent or sounds: from what was sent, not from what a page says of itself."""

import asyncio
from array import array
from collections import deque

from av import AudioFrame, CodecContext, FFmpegError
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet

from signalling.precall.ports import Sound

LISTENING_SECONDS = 6.0
FRAMES = 20
"""So many frames of 20 ms are listened to at once."""
SILENT_PEAK = 8
"""Of 32,767: a muted track is sent as zeros; the quietest room has more than this."""
LOUD_PEAK = 300
LOUD_FRAMES = 5
"""A tenth of a second of speech; a knock on the table is shorter."""


class Ear:
    """Takes Opus frames, and tells when there is silence or sound."""

    def __init__(self) -> None:
        decoder: AudioCodecContext = CodecContext.create("libopus", "r")
        decoder.sample_rate, decoder.layout, decoder.format = 48_000, "mono", "s16"
        self._decoder = decoder
        self._peaks: deque[int] = deque(maxlen=FRAMES)
        self._now = {sound: asyncio.Event() for sound in Sound}
        self.has_heard_sound = False
        self.found: dict[Sound, bool] = {}

    def take(self, frame: bytes) -> None:
        """Listen to one frame; a broken one says nothing."""
        try:
            decoded = self._decoder.decode(Packet(frame))
        except FFmpegError:
            return
        self._peaks.extend(_peak(each) for each in decoded)
        is_silent = len(self._peaks) == FRAMES and max(self._peaks) <= SILENT_PEAK
        is_loud = sum(peak >= LOUD_PEAK for peak in self._peaks) >= LOUD_FRAMES
        self.has_heard_sound |= is_loud
        for sound, holds in ((Sound.SILENCE, is_silent), (Sound.SOUND, is_loud)):
            _mark(self._now[sound], holds=holds)

    async def listen(self, wanted: Sound, seconds: float = LISTENING_SECONDS) -> bool:
        """Wait for silence or sound, and remember whether it came in time."""
        try:
            async with asyncio.timeout(seconds):
                await self._now[wanted].wait()
        except TimeoutError:
            self.found.setdefault(wanted, False)
        else:
            self.found[wanted] = True
        return self.found[wanted]


def _peak(frame: AudioFrame) -> int:
    samples = array("h", bytes(frame.planes[0])[: 2 * frame.samples * len(frame.layout.channels)])
    return max(max(samples), -min(samples)) if samples else 0


def _mark(event: asyncio.Event, *, holds: bool) -> None:
    if holds:
        event.set()
    else:
        event.clear()

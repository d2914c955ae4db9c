"""Hands encoded frames from an aiortc receiver to its sender, without decoding them.

aiortc gives every complete encoded frame to a queue in front of a decoder thread. `FrameTap` takes that
queue's place: it wraps the bytes as an `av.Packet` and gives them to the receiver's own track, from which
aiortc's sender packs them for the way back (its documented road for media that is encoded already).
Two private names of aiortc 1.16 are used; `tests/signalling/precall/test_echo.py` fails if they go.
"""

import asyncio
import queue
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from aiortc import RTCRtpReceiver, RTCRtpSender
from av.packet import Packet

_DECODER_QUEUE = "_RTCRtpReceiver__decoder_queue"
_KEYFRAME_WISH = "_send_keyframe"
KEYFRAME_PAUSE_SECONDS = 0.3
"""A browser that misses a key frame asks many times a second; the camera's side needs one request."""


Take = Callable[[Any, Any], None]
"""Takes a codec and an encoded frame."""


class FrameTap(queue.Queue[Any]):
    """Stands before a receiver's decoder; the decoder thread gets nothing but the word to end."""

    def __init__(self, take: Take) -> None:
        super().__init__()
        self.frames = 0
        self._take = take

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        if item is None:
            super().put(None, block, timeout)
            return
        self.frames += 1
        self._take(*item)


class SendOn:
    """Gives encoded frames to the receiver's own track, from which they can be sent."""

    def __init__(self, receiver: RTCRtpReceiver) -> None:
        self._receiver = receiver

    def __call__(self, codec: Any, frame: Any) -> None:
        packet = Packet(frame.data)
        packet.pts = frame.timestamp
        packet.time_base = Fraction(1, codec.clockRate)
        self._receiver.track._queue.put_nowait(packet)  # type: ignore[attr-defined]


class KeyframeRelay:
    """Passes a browser's wish for a key frame on to the camera that can fulfil it."""

    def __init__(self, receiver: RTCRtpReceiver) -> None:
        self._receiver = receiver
        self._asking: asyncio.Task[None] | None = None

    def __call__(self) -> None:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.get_running_loop().create_task(self._ask())

    async def _ask(self) -> None:
        for source in self._receiver.getSynchronizationSources():
            await self._receiver._send_rtcp_pli(source.source)
        await asyncio.sleep(KEYFRAME_PAUSE_SECONDS)

    def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()


def tap(receiver: RTCRtpReceiver, take: Take | None = None) -> FrameTap:
    """Take the encoded frames of a receiver that has not started yet; unless told otherwise, send them on."""
    if not hasattr(receiver, _DECODER_QUEUE):
        raise RuntimeError("this aiortc has no decoder queue to stand before")
    frame_tap = FrameTap(take or SendOn(receiver))
    setattr(receiver, _DECODER_QUEUE, frame_tap)
    return frame_tap


def relay_keyframes(sender: RTCRtpSender, receiver: RTCRtpReceiver) -> KeyframeRelay:
    """Let key frame requests that reach the sender go on to the receiver's source."""
    if not hasattr(sender, _KEYFRAME_WISH):
        raise RuntimeError("this aiortc has no key frame wish to pass on")
    relay = KeyframeRelay(receiver)
    setattr(sender, _KEYFRAME_WISH, relay)
    return relay

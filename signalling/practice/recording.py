"""The adviser's picture and sound, drawn and encoded (VP8, Opus) before anybody practises.

`python -m server.draw_adviser` does it and keeps what comes of it; nobody who practises waits for it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from av import AudioFrame, CodecContext, VideoFrame
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from signalling.practice.chime import RATE, chime
from signalling.practice.face import HEIGHT, LOOP_SECONDS, WIDTH, face

PICTURES_A_SECOND = 15
KEY_EVERY = 30
"""Who has lost a frame waits two seconds at most: there is no encoder to ask for a key frame."""
VIDEO_BITS = 180_000
AUDIO_BITS = 24_000
AUDIO_FRAME = RATE // 50


_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Recording:
    """One turn of the loop, ready to be sent."""

    pictures: tuple[bytes, ...]
    sounds: tuple[bytes, ...]

    def packed(self) -> bytes:
        """Return both as one row of bytes: how many there are, then each behind its length."""
        return b"".join(
            _LENGTH.pack(len(frames)) + b"".join(_LENGTH.pack(len(frame)) + frame for frame in frames)
            for frames in (self.pictures, self.sounds)
        )


def unpacked(data: bytes) -> Recording:
    pictures, rest = _frames(data)
    sounds, _ = _frames(rest)
    return Recording(pictures, sounds)


def draw() -> Recording:
    """Draw and encode; takes seconds of a processor."""
    return Recording(tuple(_encoded_pictures()), tuple(_encoded_sounds()))


def _frames(data: bytes) -> tuple[tuple[bytes, ...], bytes]:
    (count,), at = _LENGTH.unpack_from(data), _LENGTH.size
    frames = []
    for _ in range(count):
        (length,) = _LENGTH.unpack_from(data, at)
        frames.append(data[at + _LENGTH.size : at + _LENGTH.size + length])
        at += _LENGTH.size + length
    return tuple(frames), data[at:]


def _encoded_pictures() -> Iterator[bytes]:
    encoder = _video_encoder()
    for number in range(round(LOOP_SECONDS * PICTURES_A_SECOND)):
        yield from _bytes(encoder.encode(_picture(number)))
    yield from _bytes(encoder.encode(None))


def _video_encoder() -> VideoCodecContext:
    encoder: VideoCodecContext = CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.bit_rate, encoder.gop_size = VIDEO_BITS, KEY_EVERY
    encoder.framerate = Fraction(PICTURES_A_SECOND)
    encoder.time_base = Fraction(1, PICTURES_A_SECOND)
    encoder.thread_count = 1
    # No frame may refer to one that comes later, and a key frame comes exactly where a loop can begin.
    encoder.options = {"deadline": "good", "lag-in-frames": "0", "keyint_min": str(KEY_EVERY)}
    return encoder


def _picture(number: int) -> VideoFrame:
    drawn = face(number / PICTURES_A_SECOND)
    frame = VideoFrame(WIDTH, HEIGHT, "yuv420p")
    for plane, data, width in zip(frame.planes, drawn.planes, (WIDTH, WIDTH // 2, WIDTH // 2), strict=True):
        plane.update(_padded(bytes(data), width, plane.line_size))
    frame.pts, frame.time_base = number, Fraction(1, PICTURES_A_SECOND)
    return frame


def _padded(data: bytes, width: int, line: int) -> bytes:
    """Return rows as long as the encoder's memory wants them."""
    rest = bytes(line - width)
    return b"".join(data[at : at + width] + rest for at in range(0, len(data), width))


def _encoded_sounds() -> Iterator[bytes]:
    encoder: AudioCodecContext = CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "s16"
    encoder.bit_rate, encoder.time_base = AUDIO_BITS, Fraction(1, RATE)
    samples = chime(LOOP_SECONDS)
    for at in range(0, len(samples), AUDIO_FRAME):
        frame = AudioFrame(format="s16", layout="mono", samples=AUDIO_FRAME)
        frame.planes[0].update(samples[at : at + AUDIO_FRAME].tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        yield from _bytes(encoder.encode(frame))


def _bytes(packets: "list[Packet[Any]]") -> Iterator[bytes]:
    return (bytes(packet) for packet in packets)

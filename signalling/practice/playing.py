"""Plays the recording to one browser: its frames in time, over and over, without an encoder."""

import asyncio
from fractions import Fraction
from typing import Any

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av.packet import Packet


class Playing(MediaStreamTrack):
    """A track of frames that are encoded already; each stands for the same time."""

    def __init__(self, kind: str, frames: tuple[bytes, ...], a_second: int, rate: int) -> None:
        super().__init__()
        self.kind = kind
        self._frames = frames
        self._seconds = 1 / a_second
        self._ticks, self._time_base = rate // a_second, Fraction(1, rate)
        self._number = 0
        self._began: float | None = None

    async def recv(self) -> "Packet[Any]":
        if self.readyState != "live":
            raise MediaStreamError
        now = asyncio.get_running_loop().time()
        self._began = now if self._began is None else self._began
        await asyncio.sleep(max(0.0, self._began + self._number * self._seconds - now))
        packet = Packet(self._frames[self._number % len(self._frames)])
        packet.pts, packet.time_base = self._number * self._ticks, self._time_base
        self._number += 1
        return packet

"""A peer of ours for one browser: what the connection test and practice have in common."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence

from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCSessionDescription

from signalling.ice import IceServer
from signalling.precall.errors import BadOffer
from signalling.precall.forward import FrameTap
from signalling.precall.offer import UNREADABLE, check_offer
from signalling.precall.ports import Heard, Sound


class Peer(ABC):
    """One test's end on the server: answers an offer, counts what comes in, and knows when it is over."""

    directions: Collection[str] = ("sendrecv",)

    def __init__(self, ice_servers: Sequence[IceServer] = ()) -> None:
        # An empty list is said outright: without one, aiortc asks a public STUN server.
        servers = [RTCIceServer(list(s.urls), s.username, s.credential) for s in ice_servers]
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self._taps: dict[str, FrameTap] = {}
        self.ended = asyncio.Event()
        self._connection.on("connectionstatechange", self._notice_end)

    async def answer(self, sdp: str) -> str:
        """Return the description that answers the offer.

        Raises BadOffer when it cannot be read, or asks for more than one camera and one microphone.
        """
        check_offer(sdp, self.directions)
        try:
            await self._take(RTCSessionDescription(sdp, "offer"))
            answer = await self._connection.createAnswer()
            await self._connection.setLocalDescription(answer)
        except UNREADABLE as broken:
            raise BadOffer from broken
        return self._connection.localDescription.sdp

    def heard(self) -> Heard:
        counts = {kind: frame_tap.frames for kind, frame_tap in self._taps.items()}
        return Heard(audio_frames=counts.get("audio", 0), video_frames=counts.get("video", 0))

    async def listen(self, wanted: Sound) -> bool:
        """Say whether a sound came that was wanted; who does not listen heard nothing."""
        return False

    async def close(self) -> None:
        await self._connection.close()

    @abstractmethod
    async def _take(self, offer: RTCSessionDescription) -> None:
        """Set the offer, and what shall be sent in answer to it."""

    def _notice_end(self) -> None:
        if self._connection.connectionState in ("failed", "closed"):
            self.ended.set()

"""The peer that sends a browser's camera and microphone back to it."""

import asyncio
from collections.abc import Sequence

from aiortc import (
    InvalidAccessError,
    InvalidStateError,
    MediaStreamTrack,
    RTCConfiguration,
    RTCIceServer,
    RTCPeerConnection,
    RTCRtpTransceiver,
    RTCSessionDescription,
)
from aiortc.exceptions import InternalError, OperationError
from aiortc.sdp import SessionDescription

from signalling.ice import IceServer
from signalling.precall.errors import BadOffer
from signalling.precall.forward import FrameTap, KeyframeRelay, relay_keyframes, tap
from signalling.precall.ports import SDP_LIMIT_BYTES, Heard

CANDIDATE_LIMIT = 40
"""Candidates an offer may bring: each is an address that we send to, so a page must not bring a list."""

# What aiortc lets out of its parser and its states when a description is broken.
_UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    InternalError,
    InvalidAccessError,
    InvalidStateError,
    OperationError,
)


class EchoPeer:
    """One test's end on the server."""

    def __init__(self, ice_servers: Sequence[IceServer] = ()) -> None:
        # An empty list is said outright: without one, aiortc asks a public STUN server.
        servers = [RTCIceServer(list(s.urls), s.username, s.credential) for s in ice_servers]
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self._taps: dict[str, FrameTap] = {}
        self._relays: list[KeyframeRelay] = []
        self.ended = asyncio.Event()
        self._connection.on("connectionstatechange", self._notice_end)

    async def answer(self, sdp: str) -> str:
        """Return the description that answers the offer.

        Raises BadOffer when it cannot be read, or asks for more than one camera and one microphone.
        """
        check_offer(sdp)
        try:
            self._connection.on("track", self._send_back)
            await self._connection.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
            for transceiver in self._connection.getTransceivers():
                self._forward(transceiver)
            answer = await self._connection.createAnswer()
            await self._connection.setLocalDescription(answer)
        except _UNREADABLE as broken:
            raise BadOffer from broken
        return self._connection.localDescription.sdp

    def heard(self) -> Heard:
        counts = {kind: frame_tap.frames for kind, frame_tap in self._taps.items()}
        return Heard(audio_frames=counts.get("audio", 0), video_frames=counts.get("video", 0))

    async def close(self) -> None:
        for relay in self._relays:
            relay.close()
        await super().close()

    async def _take(self, offer: RTCSessionDescription) -> None:
        self._connection.on("track", self._send_back)
        await self._connection.setRemoteDescription(offer)
        for transceiver in self._connection.getTransceivers():
            self._forward(transceiver)

    def _send_back(self, track: MediaStreamTrack) -> None:
        self._connection.addTrack(track)

    def _forward(self, transceiver: RTCRtpTransceiver) -> None:
        self._taps[transceiver.kind] = tap(transceiver.receiver)
        if transceiver.kind == "video":
            self._relays.append(relay_keyframes(transceiver.sender, transceiver.receiver))

    def _notice_end(self) -> None:
        if self._connection.connectionState in ("failed", "closed"):
            self.ended.set()


def check_offer(sdp: str) -> None:
    """Refuse what is no offer of at most one microphone and one camera that we can answer."""
    if len(sdp.encode("utf-8", "replace")) > SDP_LIMIT_BYTES:
        raise BadOffer
    try:
        description = SessionDescription.parse(sdp)
    except _UNREADABLE as broken:
        raise BadOffer from broken
    if not (_is_call(description) and _is_bundled(description)):
        raise BadOffer


def _is_call(description: SessionDescription) -> bool:
    """Say whether it is one microphone and at most one camera, to send and to receive, with few addresses."""
    kinds = sorted(media.kind for media in description.media)
    candidates = sum(len(media.ice_candidates) for media in description.media)
    sends = all(media.direction == "sendrecv" for media in description.media)
    return kinds in (["audio"], ["audio", "video"]) and sends and candidates <= CANDIDATE_LIMIT


def _is_bundled(description: SessionDescription) -> bool:
    """Say whether all goes over one transport: another bundle leaves aiortc with a peer it cannot close."""
    bundles = [group.items for group in description.group if group.semantic == "BUNDLE"]
    return bundles == [[media.rtp.muxId for media in description.media]]

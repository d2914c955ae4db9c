"""The peer that sends a browser's camera and microphone back to it."""

from collections.abc import Sequence

from aiortc import MediaStreamTrack, RTCRtpTransceiver, RTCSessionDescription

from signalling.ice import IceServer
from signalling.precall.forward import KeyframeRelay, relay_keyframes, tap
from signalling.precall.peer import Peer


class EchoPeer(Peer):
    """Sends back what comes in."""

    def __init__(self, ice_servers: Sequence[IceServer] = ()) -> None:
        super().__init__(ice_servers)
        self._relays: list[KeyframeRelay] = []

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

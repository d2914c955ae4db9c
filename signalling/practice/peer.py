"""The practice adviser's end of one practice: plays what was recorded, and listens."""

from collections.abc import Sequence
from typing import Any

from aiortc import RTCRtpSender, RTCRtpTransceiver, RTCSessionDescription

from signalling.ice import IceServer
from signalling.practice.chime import RATE
from signalling.practice.ear import Ear
from signalling.practice.playing import Playing
from signalling.practice.recording import AUDIO_FRAME, PICTURES_A_SECOND, Recording
from signalling.precall.forward import tap
from signalling.precall.peer import Peer
from signalling.precall.ports import Heard, Sound

VIDEO_RATE = 90_000
PLAYED = {"audio": "audio/opus", "video": "video/VP8"}


class PracticePeer(Peer):
    """Greets with picture and sound; counts what comes in, listens to its sound, and drops it."""

    directions = ("sendrecv", "recvonly")

    def __init__(self, played: Recording, ice_servers: Sequence[IceServer] = ()) -> None:
        super().__init__(ice_servers)
        self._tracks = {
            "audio": Playing("audio", played.sounds, RATE // AUDIO_FRAME, RATE),
            "video": Playing("video", played.pictures, PICTURES_A_SECOND, VIDEO_RATE),
        }
        self._ear = Ear()

    def heard(self) -> Heard:
        counted, found = super().heard(), self._ear.found
        return Heard(
            audio_frames=counted.audio_frames,
            video_frames=counted.video_frames,
            has_sound=self._ear.has_heard_sound,
            silence=found.get(Sound.SILENCE),
            sound=found.get(Sound.SOUND),
        )

    async def listen(self, wanted: Sound) -> bool:
        return await self._ear.listen(wanted)

    async def _take(self, offer: RTCSessionDescription) -> None:
        await self._connection.setRemoteDescription(offer)
        for transceiver in self._connection.getTransceivers():
            self._play(transceiver)

    def _play(self, transceiver: RTCRtpTransceiver) -> None:
        kind = transceiver.kind
        codecs = RTCRtpSender.getCapabilities(kind).codecs
        transceiver.setCodecPreferences([codec for codec in codecs if codec.mimeType == PLAYED[kind]])
        self._connection.addTrack(self._tracks[kind])
        self._taps[kind] = tap(transceiver.receiver, self._hear if kind == "audio" else _drop)

    def _hear(self, codec: Any, frame: Any) -> None:
        self._ear.take(frame.data)


def _drop(codec: Any, frame: Any) -> None:
    """Have no use for a picture."""

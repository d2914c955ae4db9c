"""What a browser's peer gets back from the server's, with a real aiortc client as the browser."""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from fractions import Fraction

import pytest
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
    VideoStreamTrack,
)
from aiortc.jitterbuffer import JitterFrame
from aiortc.mediastreams import AudioStreamTrack
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtcrtpreceiver import RemoteStreamTrack
from av import VideoFrame
from av.packet import Packet

from signalling.practice.begin import Stage
from signalling.practice.recording import Recording
from signalling.precall.errors import BadOffer, TooManyConnectionTests
from signalling.precall.forward import tap
from signalling.precall.offer import CANDIDATE_LIMIT, check_offer
from signalling.precall.ports import SDP_LIMIT_BYTES, Heard
from signalling.precall.running import RunningTests, TestLimits

FRAMES = 10


class Camera(VideoStreamTrack):
    """A picture whose brightness rises, so that what comes back can be told from black."""

    async def recv(self) -> VideoFrame:
        pts, time_base = await self.next_timestamp()
        frame = VideoFrame(width=320, height=240, format="yuv420p")
        shade = 100 + round(50 * math.sin(pts / 90_000))
        for plane in frame.planes:
            plane.update(bytes([shade]) * plane.buffer_size)
        frame.pts, frame.time_base = pts, Fraction(time_base.numerator, time_base.denominator)
        return frame


class Browser:
    """The customer's end of a test."""

    def __init__(self, *, has_camera: bool = True) -> None:
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.returned: dict[str, MediaStreamTrack] = {}
        self.connection.on("track", lambda track: self.returned.update({track.kind: track}))
        self.connection.addTrack(AudioStreamTrack())
        if has_camera:
            self.connection.addTrack(Camera())

    async def offer(self) -> str:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return self.connection.localDescription.sdp

    async def accept(self, sdp: str) -> None:
        await self.connection.setRemoteDescription(RTCSessionDescription(sdp, "answer"))

    async def frames(self, kind: str, count: int = FRAMES) -> list[object]:
        async with asyncio.timeout(20):
            return [await self.returned[kind].recv() for _ in range(count)]

    async def asks_for_keyframe(self) -> None:
        video = next(t for t in self.connection.getTransceivers() if t.kind == "video")
        for source in video.receiver.getSynchronizationSources():
            await video.receiver._send_rtcp_pli(source.source)


@asynccontextmanager
async def a_browser(*, has_camera: bool = True) -> AsyncIterator[Browser]:
    browser = Browser(has_camera=has_camera)
    try:
        yield browser
    finally:
        await browser.connection.close()


@asynccontextmanager
async def running_tests(limits: TestLimits = TestLimits()) -> AsyncIterator[RunningTests]:  # noqa: B008
    running = RunningTests(limits, Stage(Recording((), ())).peer)
    try:
        yield running
    finally:
        await running.close()


async def test_browser_sees_its_own_picture_again() -> None:
    async with running_tests() as running, a_browser() as browser:
        answer = await running.begin(await browser.offer())
        await browser.accept(answer.sdp)

        frames = await browser.frames("video")

        pictures = [frame for frame in frames if isinstance(frame, VideoFrame)]
        assert [(p.width, p.height) for p in pictures] == [(320, 240)] * FRAMES
        assert 90 < bytes(pictures[-1].planes[0])[0] < 160  # the camera's shade, and not black


async def test_browser_hears_its_own_sound_again_without_a_camera() -> None:
    async with running_tests() as running, a_browser(has_camera=False) as browser:
        answer = await running.begin(await browser.offer())
        await browser.accept(answer.sdp)

        frames = await browser.frames("audio")

        heard = await running.heard(answer.id)
        assert len(frames) == FRAMES
        assert heard is not None
        assert heard.audio_frames >= FRAMES
        assert heard.video_frames == 0


async def test_forwarding_hands_on_the_encoded_bytes_as_they_came() -> None:
    async with a_browser() as browser:
        receiver = browser.connection.getTransceivers()[1].receiver
        receiver._track = RemoteStreamTrack("video")
        codec = RTCRtpCodecParameters(mimeType="video/VP8", clockRate=90_000, payloadType=97)

        tap(receiver).put((codec, JitterFrame(b"encoded", timestamp=180_000)))

        packet = await receiver.track.recv()
        assert isinstance(packet, Packet)
        assert bytes(packet) == b"encoded"
        assert packet.pts == 180_000
        assert packet.time_base == Fraction(1, 90_000)


async def test_wish_for_a_key_frame_reaches_the_camera() -> None:
    async with running_tests() as running, a_browser() as browser:
        receiver = browser.connection.getTransceivers()[1].receiver
        tap(receiver)  # the browser's end now sees encoded frames
        answer = await running.begin(await browser.offer())
        await browser.accept(answer.sdp)
        assert [is_key(p) for p in await browser.frames("video")] == [True] + [False] * (FRAMES - 1)

        await browser.asks_for_keyframe()

        assert any(is_key(p) for p in await browser.frames("video", 30))


async def test_one_test_more_than_may_is_refused() -> None:
    limits = TestLimits(at_once=1)
    async with running_tests(limits) as running, a_browser() as first, a_browser() as second:
        begun = await running.begin(await first.offer())

        with pytest.raises(TooManyConnectionTests):
            await running.begin(await second.offer())

        await running.end(begun.id)
        assert (await running.begin(await second.offer())).id != begun.id


async def test_test_ends_when_its_time_is_over() -> None:
    limits = TestLimits(length=timedelta(seconds=0.2))
    async with running_tests(limits) as running, a_browser() as browser:
        begun = await running.begin(await browser.offer())
        assert await running.heard(begun.id) == Heard()

        await running.wait_until_idle()

        assert await running.heard(begun.id) is None


async def test_test_ends_when_the_browser_hangs_up() -> None:
    async with running_tests() as running, a_browser() as browser:
        begun = await running.begin(await browser.offer())
        await browser.accept(begun.sdp)
        await browser.frames("audio", 1)

        await browser.connection.close()

        async with asyncio.timeout(10):
            await running.wait_until_idle()
        assert len(running) == 0


@pytest.mark.parametrize("sdp", ["", "hello", "v=0", "v=0\r\nm=audio", "\ud800", "x" * (SDP_LIMIT_BYTES + 1)])
async def test_broken_description_is_refused_and_holds_no_place(sdp: str) -> None:
    async with running_tests() as running:
        with pytest.raises(BadOffer):
            await running.begin(sdp)

        assert len(running) == 0


async def test_offer_of_a_data_channel_is_refused() -> None:
    async with running_tests() as running, a_browser() as browser:
        browser.connection.createDataChannel("more")

        with pytest.raises(BadOffer):
            await running.begin(await browser.offer())


async def test_offer_with_a_list_of_foreign_addresses_is_refused() -> None:
    async with a_browser() as browser:
        offer = await browser.offer()
        check_offer(offer)  # a browser's own candidates are few
        candidate = "a=candidate:1 1 udp 2130706431 192.0.2.1 9 typ host\r\n"

        with pytest.raises(BadOffer):
            check_offer(offer + candidate * (CANDIDATE_LIMIT + 1))


async def test_offer_cut_or_changed_anywhere_is_answered_or_refused() -> None:
    async with running_tests(TestLimits(at_once=1)) as running, a_browser() as browser:
        lines = (await browser.offer()).splitlines(keepends=True)
        for place in range(len(lines)):
            for spoilt in (lines[:place] + lines[place + 1 :], lines[:place], spoil(lines, place)):
                with suppress(BadOffer):
                    await running.end((await running.begin("".join(spoilt))).id)

        assert len(running) == 0


def spoil(lines: list[str], place: int) -> list[str]:
    return [*lines[:place], lines[place].replace("1", "x").replace(" ", ":"), *lines[place + 1 :]]


def is_key(packet: object) -> bool:
    """Read the inverse key frame flag of a VP8 frame (RFC 6386, 9.1)."""
    assert isinstance(packet, Packet)
    return bytes(packet)[0] & 1 == 0

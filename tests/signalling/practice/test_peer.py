"""What a browser sees, hears and is heard by when it practises, with a real aiortc client as the browser."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from fractions import Fraction

import pytest
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from av import AudioFrame, VideoFrame

from server.draw_adviser import drawn_adviser
from signalling.practice.begin import Stage
from signalling.practice.ear import Ear
from signalling.practice.face import HEIGHT, WIDTH
from signalling.precall.errors import BadOffer, TooManyConnectionTests
from signalling.precall.ports import Sort, Sound
from signalling.precall.running import USUAL_SECONDS, RunningTests, TestLimits

RATE, SAMPLES = 48_000, 960


class Microphone(MediaStreamTrack):
    """Beeps while it is on, and is silent while it is muted."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.is_on = True
        self._number = 0

    async def recv(self) -> AudioFrame:
        await asyncio.sleep(SAMPLES / RATE)
        frame = AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        beep = (b"\x00\x20" * 24 + b"\x00\xe0" * 24) * (SAMPLES // 48)
        frame.planes[0].update(beep if self.is_on else bytes(2 * SAMPLES))
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = self._number * SAMPLES
        self._number += 1
        return frame


@asynccontextmanager
async def a_browser(microphone: MediaStreamTrack | None = None) -> AsyncIterator[RTCPeerConnection]:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    connection.addTrack(microphone or Microphone())
    connection.addTransceiver("video", direction="recvonly")
    await connection.setLocalDescription(await connection.createOffer())
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def running_practices(at_once: int = 2, seconds: float = 60) -> AsyncIterator[RunningTests]:
    limits = TestLimits(at_once=at_once, practice_length=timedelta(seconds=seconds))
    running = RunningTests(limits, Stage(drawn_adviser()).peer)
    try:
        yield running
    finally:
        await running.close()


async def begun(running: RunningTests, browser: RTCPeerConnection, ticket: str | None = None) -> str:
    answer = await running.begin(browser.localDescription.sdp, (), Sort.PRACTICE, ticket)
    await browser.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
    return answer.id


async def test_browser_without_a_camera_sees_and_hears_the_drawn_adviser() -> None:
    async with running_practices() as running, a_browser() as browser:
        await begun(running, browser)
        sound, picture = (each.receiver.track for each in browser.getTransceivers())

        async with asyncio.timeout(20):
            pictures = [await picture.recv() for _ in range(3)]
            await sound.recv()

        shown = [each for each in pictures if isinstance(each, VideoFrame)]
        assert [(each.width, each.height) for each in shown] == [(WIDTH, HEIGHT)] * 3


async def test_server_hears_for_itself_when_a_microphone_is_muted_and_unmuted() -> None:
    microphone = Microphone()
    async with running_practices() as running, a_browser(microphone) as browser:
        test_id = await begun(running, browser)
        assert await running.listen(test_id, Sound.SOUND)

        microphone.is_on = False
        assert await running.listen(test_id, Sound.SILENCE)
        microphone.is_on = True
        assert await running.listen(test_id, Sound.SOUND)

        heard = await running.heard(test_id)
        assert heard is not None
        assert (heard.has_sound, heard.silence, heard.sound) == (True, True, True)


async def test_page_that_says_muted_while_the_microphone_sounds_is_not_believed() -> None:
    ear, microphone = Ear(), Microphone()
    async with running_practices() as running, a_browser(microphone) as browser:
        test_id = await begun(running, browser)
        assert await running.listen(test_id, Sound.SOUND)

        assert not await running.listen(test_id, Sound.SILENCE)

    assert not await ear.listen(Sound.SOUND, 0)  # who was sent nothing has heard nothing


async def test_one_more_waits_in_turn_and_comes_in_when_there_is_room() -> None:
    async with running_practices(at_once=1) as running, a_browser() as first, a_browser() as second:
        practice = await begun(running, first)
        mine = running.place(None)
        other = running.place(None)
        assert (mine.ahead, other.ahead) == (0, 1)
        assert 0 < mine.seconds <= USUAL_SECONDS < other.seconds
        with pytest.raises(TooManyConnectionTests):
            await running.begin(second.localDescription.sdp, (), Sort.PRACTICE, mine.ticket)

        await running.end(practice)

        assert running.place(mine.ticket).seconds == 0
        with pytest.raises(TooManyConnectionTests):  # who comes without having waited does not go before
            await running.begin(first.localDescription.sdp, (), Sort.PRACTICE)
        assert await begun(running, second, mine.ticket)


async def test_practice_ends_when_its_time_is_over() -> None:
    async with running_practices(seconds=0.2) as running, a_browser() as browser:
        await begun(running, browser)

        await running.wait_until_idle()

        assert len(running) == 0


async def test_offer_that_wants_to_send_nothing_back_and_forth_is_refused() -> None:
    async with running_practices() as running, a_browser() as browser:
        offer = browser.localDescription.sdp.replace("a=sendrecv", "a=inactive")

        with pytest.raises(BadOffer):
            await running.begin(offer, (), Sort.PRACTICE)

        assert len(running) == 0

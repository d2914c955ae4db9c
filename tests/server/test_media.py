"""The media process as a real process, asked over its unix socket."""

import asyncio
import os
import signal
import stat
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

from server.media_client import MediaClient, MediaProcess, socket_in
from signalling.precall.errors import (
    BadOffer,
    ConnectionTestRefusal,
    ConnectionTestUnavailable,
    TooManyConnectionTests,
)
from signalling.precall.ports import SDP_LIMIT_BYTES, Answer, Heard


@asynccontextmanager
async def media(data: Path, *, at_once: int = 12, seconds: float = 40) -> AsyncIterator["Media"]:
    socket = socket_in(data)
    process = MediaProcess(socket, at_once=at_once, seconds=seconds)
    client = MediaClient(socket)
    await process.start()
    try:
        await until(client.is_up)
        yield Media(process, client, socket)
    finally:
        await client.close()
        await process.stop()


class Media:
    """A running media process, and who asks it."""

    def __init__(self, process: MediaProcess, client: MediaClient, socket: Path) -> None:
        self.process = process
        self.client = client
        self.socket = socket


async def until(holds: Callable[[], object]) -> None:
    """Wait until something holds that only another process can bring about."""
    async with asyncio.timeout(30):
        while not await _value(holds()):  # noqa: ASYNC110 - there is no event between processes
            await asyncio.sleep(0.05)


async def _value(found: object) -> object:
    return await found if asyncio.iscoroutine(found) else found


@asynccontextmanager
async def a_browser() -> AsyncIterator[RTCPeerConnection]:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    connection.addTrack(AudioStreamTrack())
    await connection.setLocalDescription(await connection.createOffer())
    try:
        yield connection
    finally:
        await connection.close()


async def test_sound_goes_through_the_process_and_back(tmp_path: Path) -> None:
    async with media(tmp_path) as running, a_browser() as browser:
        answer = await running.client.begin(browser.localDescription.sdp)
        await browser.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))

        async with asyncio.timeout(20):
            await browser.getTransceivers()[0].receiver.track.recv()

        heard = await running.client.heard(answer.id)
        assert heard is not None
        assert heard.audio_frames > 0
        await running.client.end(answer.id)
        assert await running.client.heard(answer.id) is None


async def test_test_more_than_may_is_refused_until_the_first_is_over(tmp_path: Path) -> None:
    async with media(tmp_path, at_once=1, seconds=0.5) as running, a_browser() as browser:
        first = await running.client.begin(browser.localDescription.sdp)
        with pytest.raises(TooManyConnectionTests):
            await running.client.begin(browser.localDescription.sdp)

        await until(lambda: is_over(running.client, first))

        second = await running.client.begin(browser.localDescription.sdp)
        assert await running.client.heard(second.id) == Heard()


async def is_over(client: MediaClient, begun: Answer) -> bool:
    return await client.heard(begun.id) is None


@pytest.mark.parametrize("sdp", ["", "v=0", "x" * (SDP_LIMIT_BYTES + 1), "x" * (4 * SDP_LIMIT_BYTES)])
async def test_broken_offer_is_refused_by_name_and_the_process_lives_on(tmp_path: Path, sdp: str) -> None:
    async with media(tmp_path) as running:
        before = running.process.pid

        with pytest.raises(BadOffer):
            await running.client.begin(sdp)

        assert await running.client.is_up()
        assert running.process.pid == before


async def test_nobody_there_is_a_refusal_with_a_name(tmp_path: Path) -> None:
    client = MediaClient(socket_in(tmp_path))

    with pytest.raises(ConnectionTestUnavailable) as refused:
        await client.begin("v=0")

    assert isinstance(refused.value, ConnectionTestRefusal)
    await client.close()


async def test_killed_process_comes_back(tmp_path: Path) -> None:
    async with media(tmp_path) as running:
        killed = running.process.pid
        assert killed is not None

        os.kill(killed, signal.SIGKILL)
        await until(lambda: running.process.pid not in (killed, None))
        await until(running.client.is_up)

        assert running.process.pid != killed


async def test_process_ends_with_who_started_it(tmp_path: Path) -> None:
    async with media(tmp_path) as running:
        pid = running.process.pid
        assert pid is not None
        assert is_alive(pid)

    assert not is_alive(pid)


async def test_process_ends_when_who_started_it_is_killed(tmp_path: Path) -> None:
    command = (sys.executable, "-c", STARTER, str(socket_in(tmp_path)))
    parent = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(await asyncio.wait_for(parent.stdout.readline(), timeout=30))
    assert is_alive(pid)

    parent.kill()
    await parent.wait()

    await until(lambda: not is_alive(pid))


STARTER = """
import asyncio, pathlib, sys
from server.media_client import MediaProcess

async def main():
    process = MediaProcess(pathlib.Path(sys.argv[1]))
    await process.start()
    while process.pid is None:
        await asyncio.sleep(0.01)
    print(process.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_socket_stands_in_a_folder_of_our_own(tmp_path: Path) -> None:
    async with media(tmp_path) as running:
        assert stat.S_IMODE(running.socket.parent.stat().st_mode) == 0o700


def test_deep_data_folder_gets_a_short_socket_address(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)

    assert socket_in(tmp_path / "data") == tmp_path / "data" / "media" / "media.sock"
    assert len(os.fsencode(socket_in(deep))) < 100
    assert socket_in(deep) != socket_in(tmp_path / ("d" * 100))

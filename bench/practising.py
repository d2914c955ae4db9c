"""People who practise, in a process that gives way to all others: at their homes they would cost us nothing.

`python -m bench.practising SOCKET COUNT` begins so many practices and says `ready`; on a line of input it
says which share of the practice adviser's pictures came, and ends.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from server.draw_adviser import drawn_adviser
from server.media_client import MediaClient
from signalling.practice.chime import RATE
from signalling.practice.peer import VIDEO_RATE
from signalling.practice.playing import Playing
from signalling.practice.recording import AUDIO_FRAME, PICTURES_A_SECOND, Recording
from signalling.precall.forward import tap
from signalling.precall.ports import Sort


async def practise(client: MediaClient, played: Recording, stack: AsyncExitStack) -> Callable[[], int]:
    """Begin one practice as a browser does; return what counts the pictures that have come."""
    browser = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    stack.push_async_callback(browser.close)
    browser.addTrack(Playing("audio", played.sounds, RATE // AUDIO_FRAME, RATE))
    browser.addTrack(Playing("video", played.pictures, PICTURES_A_SECOND, VIDEO_RATE))
    taps = {each.kind: tap(each.receiver, _drop) for each in browser.getTransceivers()}
    await browser.setLocalDescription(await browser.createOffer())
    answer = await client.begin(browser.localDescription.sdp, Sort.PRACTICE)
    stack.push_async_callback(client.end, answer.id)
    await browser.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
    return lambda: taps["video"].frames


def _drop(codec: Any, frame: Any) -> None:
    """Look at nothing: what a practice costs us is asked, not what it costs them."""


async def main(socket: Path, count: int) -> None:
    loop = asyncio.get_running_loop()
    client, played = MediaClient(socket), drawn_adviser()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(client.close)
        counts = [await practise(client, played, stack) for _ in range(count)]
        while not all(each() for each in counts):  # noqa: ASYNC110 - a count has no event
            await asyncio.sleep(0.05)
        began, before = loop.time(), sum(each() for each in counts)
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        due = (loop.time() - began) * PICTURES_A_SECOND * count
        print((sum(each() for each in counts) - before) / due, flush=True)


if __name__ == "__main__":
    os.nice(19)
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))

"""Live sockets: strict frames, fair shares, and nobody who can clog them."""

import asyncio
from typing import cast

import pytest
import structlog
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError, web

from tests.web.house import House, house
from web.wire import WIRES, WireLimits, wire


async def connected(front: House, **headers: str) -> ClientWebSocketResponse:
    return await front.client.ws_connect(front.url("/talk"), headers=headers)


async def test_a_message_comes_back() -> None:
    async with house() as front:
        socket = await connected(front)

        await socket.send_str('{"say": "päivää"}')

        assert await socket.receive_str(timeout=5) == '{"said":"päivää"}'
        await socket.close()


async def test_many_messages_come_in_order() -> None:
    async with house() as front:
        socket = await connected(front)

        for n in range(100):
            await socket.send_str(f'{{"say": {n}}}')

        assert [await socket.receive_str(timeout=5) for _ in range(100)] == [
            f'{{"said":{n}}}' for n in range(100)
        ]
        await socket.close()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", 1007),
        ("[]", 1007),
        ('{"say": NaN}', 1007),
        ('{"say": "\\ud800"}', 1007),
        ('{"a":' * 40 + "1" + "}" * 40, 1007),
        ('{"say": "' + "a" * 70_000 + '"}', 1009),
        (b"bytes", 1003),
    ],
)
async def test_a_bad_frame_ends_the_wire(frame: str | bytes, code: int) -> None:
    async with house() as front:
        socket = await connected(front)

        await (socket.send_str(frame) if isinstance(frame, str) else socket.send_bytes(frame))

        assert (await socket.receive(timeout=5)).type is WSMsgType.CLOSE
        assert socket.close_code == code


async def test_who_sends_more_than_a_fair_share_is_closed() -> None:
    async with house(wires=WireLimits(burst_frames=5, frames_a_second=0.01)) as front:
        socket = await connected(front)

        for _ in range(6):
            await socket.send_str('{"say": 1, "times": 0}')

        assert (await socket.receive(timeout=5)).type is WSMsgType.CLOSE
        assert socket.close_code == 1008


def shake_hands(path: str) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()


async def stuck_reader(front: House) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Shake hands, ask for a lot, and never read again."""
    reader, writer = await asyncio.open_connection("127.0.0.1", front.port, limit=1024)
    writer.write(shake_hands("/talk"))
    await reader.readuntil(b"\r\n\r\n")
    cast(asyncio.Transport, writer.transport).pause_reading()
    return reader, writer


def masked(text: bytes) -> bytes:
    return bytes([0x81, 0x80 | 126]) + len(text).to_bytes(2, "big") + bytes(4) + text


async def until_no_wires(front: House) -> float:
    began = asyncio.get_running_loop().time()
    async with asyncio.timeout(10):
        await asyncio.gather(*(wire.is_over.wait() for wire in front.app[WIRES].copy()))
    return asyncio.get_running_loop().time() - began


async def test_a_reader_with_too_much_waiting_is_dropped_at_once() -> None:
    async with house(wires=WireLimits(send_seconds=60)) as front:
        _, writer = await stuck_reader(front)

        writer.write(masked(b'{"say": "' + b"a" * 60_000 + b'", "times": 300}'))
        took = await until_no_wires(front)
        writer.close()

    assert took < 5


async def test_a_reader_that_stops_reading_is_dropped_at_the_deadline() -> None:
    limits = WireLimits(send_seconds=0.5, most_held_bytes=100_000_000, most_waiting_frames=100_000)
    async with house(wires=limits) as front:
        _, writer = await stuck_reader(front)
        assert len(front.app[WIRES]) == 1  # it is there to be dropped

        writer.write(masked(b'{"say": "' + b"a" * 60_000 + b'", "times": 300}'))
        took = await until_no_wires(front)
        writer.close()

    assert took < 5


async def test_who_is_gone_before_the_handshake_ended_is_no_fault() -> None:
    has_come, has_ended = asyncio.Event(), asyncio.Event()

    async def late(request: web.Request) -> web.StreamResponse:
        has_come.set()
        while request.transport is not None:  # noqa: ASYNC110 - the connection has no event for it
            await asyncio.sleep(0)
        try:
            async with wire(request) as line:
                return line.answer
        finally:
            has_ended.set()

    def prepare(app: web.Application) -> None:
        app.router.add_get("/late", late)

    with structlog.testing.capture_logs() as lines:
        async with house(prepare=prepare) as front:
            _, writer = await asyncio.open_connection("127.0.0.1", front.port)
            writer.write(shake_hands("/late"))
            await has_come.wait()
            writer.close()
            async with asyncio.timeout(10):
                await has_ended.wait()

    assert [line for line in lines if line["event"] == "fault"] == []
    assert [line["route"] for line in lines if line["event"] == "request"] == ["/late"]


async def test_a_page_of_another_site_gets_no_wire() -> None:
    async with house() as front:
        with pytest.raises(WSServerHandshakeError) as refused:
            await connected(front, Origin="https://evil.example")

    assert refused.value.status == 403


@pytest.mark.parametrize("origin", [None, "http://localhost"])
async def test_our_own_page_and_who_is_no_browser_get_one(origin: str | None) -> None:
    async with house() as front:
        socket = await connected(front, **({"Origin": origin} if origin else {}))

        assert not socket.closed
        await socket.close()


async def test_a_plain_request_is_told_that_this_is_no_page() -> None:
    async with house() as front, front.client.get(front.url("/talk")) as answer:
        assert answer.status == 400


async def test_a_stop_of_the_server_closes_wires_with_1001_and_quickly() -> None:
    async with house() as front:
        socket = await connected(front)
        closing = asyncio.create_task(socket.receive(timeout=5))
        await asyncio.sleep(0)

        began = asyncio.get_running_loop().time()
        await front.app.shutdown()
        took = asyncio.get_running_loop().time() - began

        await closing
        assert socket.close_code == 1001
        assert took < 1

"""Connections: deadlines for heads and for slow readers, a cap per address, no banner."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_network
from typing import cast

import pytest
import uvloop

from server.connection import ConnectionLimits, Doorkeeper
from tests.web import test_wire
from tests.web.house import House, house

HALF = b"GET /shown HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
WHOLE = b"GET /token HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def opened(front: House) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", front.port)


async def seconds_until_cut(reader: asyncio.StreamReader) -> float:
    began = asyncio.get_running_loop().time()
    with suppress(ConnectionError):
        assert await asyncio.wait_for(reader.read(1), 5) == b""
    return asyncio.get_running_loop().time() - began


async def test_300_half_sent_requests_are_cut_while_others_are_answered() -> None:
    async with house(limits=ConnectionLimits(header_seconds=1)) as front:
        half = [await opened(front) for _ in range(300)]
        for _, writer in half:
            writer.write(HALF)

        async with front.client.get(front.url("/token")) as answer:
            assert answer.status == 200
        cut = await asyncio.gather(*(seconds_until_cut(reader) for reader, _ in half))
        for _, writer in half:
            writer.close()

    assert max(cut) < 3


async def test_a_connection_that_says_nothing_is_cut() -> None:
    async with house(limits=ConnectionLimits(header_seconds=0.3)) as front:
        reader, writer = await opened(front)

        took = await seconds_until_cut(reader)
        writer.close()

    assert took < 3


async def test_a_head_that_drips_in_is_cut() -> None:
    async with house(limits=ConnectionLimits(header_seconds=0.5)) as front:
        reader, writer = await opened(front)
        cut = asyncio.create_task(seconds_until_cut(reader))

        writer.write(HALF)
        while not cut.done():
            writer.write(b"z")
            await asyncio.sleep(0.05)
        writer.close()

    assert cut.result() < 3


async def test_a_second_head_on_a_kept_connection_has_its_deadline_too() -> None:
    async with house(limits=ConnectionLimits(header_seconds=0.3)) as front:
        reader, writer = await opened(front)
        writer.write(WHOLE)
        assert (await reader.readline()).split()[1] == b"200"
        await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(64)

        writer.write(HALF)
        took = await seconds_until_cut(reader)
        writer.close()

    assert took < 3


async def test_a_kept_connection_may_be_idle_for_longer_than_a_head_may_take() -> None:
    async with house(limits=ConnectionLimits(header_seconds=0.2)) as front:
        reader, writer = await opened(front)
        writer.write(WHOLE)
        await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(64)

        await asyncio.sleep(0.6)
        writer.write(WHOLE)
        line = await reader.readline()
        writer.close()

    assert line.split()[1] == b"200"


async def test_a_crowd_of_one_address_is_turned_away() -> None:
    async with house(limits=ConnectionLimits(most_of_one_address=5)) as front:
        five = [await opened(front) for _ in range(5)]
        reader, sixth = await opened(front)

        took = await seconds_until_cut(reader)
        five[0][1].write(WHOLE)
        line = await five[0][0].readline()
        for _, writer in [*five, (reader, sixth)]:
            writer.close()

    assert took < 1
    assert line.split()[1] == b"200"


async def test_a_trusted_proxy_may_hold_any_number_of_connections() -> None:
    limits = ConnectionLimits(most_of_one_address=1, trusted_proxies=(ip_network("10.0.0.0/8"),))
    doorkeeper = Doorkeeper(limits)

    let_in = [doorkeeper.let_in(address) for address in ("10.0.0.7", "10.0.0.7", "192.0.2.1", "192.0.2.1")]

    assert let_in == [True, True, True, False]


async def test_who_has_left_is_not_counted() -> None:
    doorkeeper = Doorkeeper(ConnectionLimits(most_of_one_address=1))
    doorkeeper.let_in("192.0.2.1")
    doorkeeper.see_off("192.0.2.1")

    assert doorkeeper.let_in("192.0.2.1")
    assert doorkeeper.present == {"192.0.2.1": 1}


async def test_what_is_no_http_gets_a_word_without_banner_or_echo() -> None:
    async with house() as front:
        reader, writer = await opened(front)

        writer.write(b"\x16\x03\x01 canary-131052 \r\n\r\n")
        text = await asyncio.wait_for(reader.read(), 5)
        writer.close()

    assert text.split()[1] == b"400"
    assert b"canary" not in text
    assert b"Server:" not in text


async def test_a_head_that_is_too_large_is_refused() -> None:
    async with house() as front:
        reader, writer = await opened(front)

        writer.write(WHOLE[:-2] + b"X-Long: " + b"a" * 20_000 + b"\r\n\r\n")
        line = await asyncio.wait_for(reader.readline(), 5)
        writer.close()

    assert line.split()[1] == b"400"


async def test_who_does_not_take_an_answer_is_cut() -> None:
    async with house(limits=ConnectionLimits(stalled_write_seconds=0.3)) as front:
        reader, writer = await asyncio.open_connection("127.0.0.1", front.port, limit=1024)
        cast(asyncio.Transport, writer.transport).pause_reading()

        writer.write(WHOLE.replace(b"/token", b"/large"))
        await asyncio.sleep(1)
        cast(asyncio.Transport, writer.transport).resume_reading()
        got = await _size_until_end(reader)
        writer.close()

    assert got < 50_000_000


async def _size_until_end(reader: asyncio.StreamReader) -> int:
    size = 0
    with suppress(ConnectionError):
        while chunk := await asyncio.wait_for(reader.read(1 << 20), 5):
            size += len(chunk)
    return size


def run_on_uvloop(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())


@pytest.mark.parametrize(
    "work",
    [
        test_a_connection_that_says_nothing_is_cut,
        test_a_head_that_drips_in_is_cut,
        test_a_crowd_of_one_address_is_turned_away,
        test_wire.test_a_reader_that_stops_reading_is_dropped_at_the_deadline,
        test_wire.test_a_reader_with_too_much_waiting_is_dropped_at_once,
    ],
)
async def test_it_is_the_same_on_the_loop_that_serves(work: Callable[[], Awaitable[None]]) -> None:
    await asyncio.to_thread(run_on_uvloop, work)

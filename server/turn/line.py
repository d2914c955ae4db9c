"""Carries STUN messages to a TURN server and back: by UDP, by TCP, or by TLS upon it."""

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Protocol, Self

_URL = re.compile(r"(turns?):(\[[^]]+]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?")
_PORTS = {"turn": 3478, "turns": 5349}
_HEADER_BYTES = 20
_LONGEST_BYTES = 2_048
_CONNECT_SECONDS = 5


class LineDown(Exception):
    """A TURN server cannot be reached by this address; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnUrl:
    """The address of a TURN server, as browsers are given it (RFC 7065)."""

    host: str
    port: int
    is_datagram: bool
    is_tls: bool

    @classmethod
    def of(cls, url: str) -> Self:
        """Read one that the settings have taken."""
        found = _URL.fullmatch(url)
        if found is None:
            raise ValueError(f"{url} is no address of a TURN server")
        scheme, host, port, transport = found.groups()
        is_tls = scheme == "turns"
        return cls(
            host=host.strip("[]"),
            port=int(port or _PORTS[scheme]),
            is_datagram=transport == "udp" or (transport is None and not is_tls),
            is_tls=is_tls,
        )


class Line(Protocol):
    """A way there and back; what is lost on it must be sent again after each patience."""

    @property
    def patience(self) -> tuple[float, ...]: ...

    async def send(self, data: bytes) -> None: ...

    async def receive(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class DatagramLine:
    """By UDP, from a socket that is connected."""

    socket: socket.socket
    patience: tuple[float, ...] = (0.5, 1.0, 2.0)

    async def send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self.socket, data)

    async def receive(self) -> bytes:
        return await asyncio.get_running_loop().sock_recv(self.socket, _LONGEST_BYTES)


@dataclass(frozen=True, slots=True)
class StreamLine:
    """By TCP or TLS: a message says in its header how long it is (RFC 8489, 6.2.2)."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    patience: tuple[float, ...] = (3.5,)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def receive(self) -> bytes:
        header = await self.reader.readexactly(_HEADER_BYTES)
        return header + await self.reader.readexactly(int.from_bytes(header[2:4]))


@asynccontextmanager
async def line_to(url: TurnUrl) -> AsyncIterator[Line]:
    """Open a line of its own: for a TURN server that makes it a stranger. Raises LineDown."""
    if url.is_datagram and url.is_tls:
        raise LineDown("browsers speak no TLS upon UDP: leave ?transport=udp out")
    try:
        async with asyncio.timeout(_CONNECT_SECONDS):
            line = await (_by_datagrams(url) if url.is_datagram else _by_stream(url))
    except TimeoutError:
        raise LineDown("nobody answers there") from None
    except ssl.SSLCertVerificationError as wrong:
        raise LineDown(f"its certificate is refused ({wrong.verify_message})") from None
    except (OSError, EOFError) as gone:
        raise LineDown(f"it cannot be reached ({gone})") from None
    try:
        yield line
    finally:
        await _close(line)


async def _by_datagrams(url: TurnUrl) -> DatagramLine:
    loop = asyncio.get_running_loop()
    [(family, _, _, _, address), *_] = await loop.getaddrinfo(url.host, url.port, type=socket.SOCK_DGRAM)
    ours = socket.socket(family, socket.SOCK_DGRAM)
    try:
        ours.setblocking(False)
        ours.connect(address)
    except OSError:
        ours.close()
        raise
    return DatagramLine(ours)


async def _by_stream(url: TurnUrl) -> StreamLine:
    trust = ssl.create_default_context() if url.is_tls else None
    return StreamLine(*await asyncio.open_connection(url.host, url.port, ssl=trust))


async def _close(line: DatagramLine | StreamLine) -> None:
    if isinstance(line, DatagramLine):
        line.socket.close()
        return
    line.writer.close()
    with suppress(OSError):
        await line.writer.wait_closed()
